// Asks one server as often as it answers, over raw sockets that are kept alive, and counts: a client that parsed
// answers would be slower than the servers it measures. Parent sends { port, path, headers, sockets, ms, fresh };
// answers { perSecond, status, bytes }. With `fresh` each request has a query never used before.
import { connect } from 'node:net';

let queries = 0;

process.on('message', async ({ port, path, headers, sockets, ms, fresh }) => {
  const tail = ` HTTP/1.1\r\nHost: localhost:${port}\r\n${headers.map((h) => `${h}\r\n`).join('')}\r\n`;
  const plain = Buffer.from(`GET ${path}${tail}`);
  const request = () => (fresh ? Buffer.from(`GET ${path}?n=${process.pid}.${queries++}${tail}`) : plain);
  let answered = 0;
  let status = 0;
  let bytes = 0;
  let open = true;
  const talk = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let due = 0;
      socket.on('connect', () => socket.write(request()));
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        if (due === 0) {
          status = Number(chunk.latin1Slice(9, 12));
          const at = chunk.indexOf('content-length: ');
          const length = at < 0 ? 0 : Number.parseInt(chunk.latin1Slice(at + 16, at + 26), 10);
          bytes = chunk.indexOf('\r\n\r\n') + 4 + length;
          due = bytes;
        }
        due -= chunk.length;
        if (due > 0) return;
        due = 0;
        answered++;
        if (open) socket.write(request());
        else {
          socket.end();
          resolve();
        }
      });
    });
  const start = performance.now();
  setTimeout(() => {
    open = false;
  }, ms);
  try {
    await Promise.all(Array.from({ length: sockets }, talk));
    const seconds = (performance.now() - start) / 1000;
    process.send({ perSecond: answered / seconds, status, bytes });
  } catch (error) {
    process.send({ error: error.message });
  }
});
process.once('disconnect', () => process.exit(0));
