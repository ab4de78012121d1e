/**
 * What the dashboard's page may do, as helmet's options: everything from this origin, nothing inline.
 *
 * uPlot and Preact position elements through the CSSOM (`element.style.x = …`), which a policy does not
 * forbid; no `unsafe-inline` is needed. `'self'` covers the WebSocket of the same origin (CSP level 3). The
 * defaults of helmet are not used: their `upgrade-insecure-requests` would break plain http inside a LAN.
 */
export const dashboardHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Over plain http this would be ignored anyway; whoever terminates TLS in front of us decides.
  strictTransportSecurity: false,
  referrerPolicy: { policy: 'no-referrer' },
} as const
