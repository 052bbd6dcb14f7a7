import { readonly, ref } from 'vue'

const text = ref('')

/** What the polite live region (LiveRegion.vue) holds. */
export const announcement = readonly(text)

/** Says a sentence to people who do not see the page change. */
export function announce(sentence: string): void {
  // The same sentence twice is silent unless the text differs.
  text.value = text.value === sentence ? `${sentence}\u00a0` : sentence
}
