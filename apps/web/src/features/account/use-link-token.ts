import { onMounted } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The secret of a link in a letter. Once read it leaves the address, so that neither history nor a screen keeps it. */
export function useLinkToken(): string | null {
  const route = useRoute()
  const router = useRouter()
  const [, token] = /^#([\w-]+)$/.exec(route.hash) ?? []
  onMounted(() => route.hash && router.replace({ path: route.path, hash: '' }))
  return token ?? null
}
