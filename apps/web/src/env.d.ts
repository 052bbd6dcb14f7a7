import 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** The part of the document title before the name of the hub. */
    title: string
    /** Reachable without a session. */
    isPublic?: boolean
  }
}
