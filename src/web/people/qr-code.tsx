import type { FC } from 'hono/jsx';
import { encode } from 'uqr';

/** The empty margin around a code, in modules (ISO/IEC 18004, 6.3.8). */
const margin = 4;

/** A text as a picture that a telephone reads; black on white on every paper, or many readers see nothing. */
export const QrCode: FC<{ readonly text: string; readonly label: string }> = ({ text, label }) => {
  const { data, size } = encode(text, { ecc: 'M', border: margin });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  );
};
