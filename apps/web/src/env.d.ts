import 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** The part of the document title before the name of the hub. */
    title: string
    /** Reachable without a session. */
    isPublic?: boolean
    /** The page is where a company authorizes this application. */
    optsIn?: import('./graphql/generated/graphql').ApplicationId
  }
}
