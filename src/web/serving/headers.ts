/**
 * What a browser may do with our pages: nothing but show them, with our own style, scripts, images and fonts. No inline
 * script or style, no plugin, no frame, no request to anyone else's server, no form sent elsewhere. Nobody but ourselves
 * may frame them, and of ours only the page that shows a story as a telephone does (`framingPolicy`).
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** For the one page of ours that frames another. */
export const framingPolicy = `${contentSecurityPolicy}; frame-src 'self'`;

const unusedPowers = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
];

/**
 * The headers every answer carries, unless its maker set a stricter one: name and value, names in lower case.
 * `same-origin` (not `no-referrer`) because a browser sends `Origin: null` with forms under the latter. HSTS only where
 * the public address (`url`, an origin) is https: an archive on a home network has no certificate.
 */
export function securityHeaders(url: string): ReadonlyMap<string, string> {
  return new Map([
    ['content-security-policy', contentSecurityPolicy],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', unusedPowers.map((power) => `${power}=()`).join(', ')],
    ['referrer-policy', 'same-origin'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'SAMEORIGIN'],
    ...(url.startsWith('https:') ? ([['strict-transport-security', 'max-age=31536000']] as const) : []),
  ]);
}

/** For files that strangers made (images, downloads): should a browser open one as a page, it can do nothing at all. */
export const inertPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
