declare module 'html-encoding-sniffer' {
  /** The name (WHATWG list) of a page's encoding by the HTML Standard's sniffing algorithm. */
  export default function sniff(
    bytes: Uint8Array,
    options?: { xml?: boolean; transportLayerEncodingLabel?: string; defaultEncoding?: string },
  ): string;
}
