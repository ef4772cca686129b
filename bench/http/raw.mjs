// The limit of every web figure: node:http alone, sending bytes that are ready, or 304. Plain JavaScript, so that its
// process holds nothing but Node. Parent sends { head, body }; answers { port }.
import { createServer } from 'node:http';

process.once('message', ({ head, body }) => {
  const bytes = Buffer.from(body, 'base64');
  const etag = head[head.indexOf('etag') + 1];
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, ['etag', etag]);
      response.end();
      return;
    }
    response.writeHead(200, head);
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
});
process.once('disconnect', () => process.exit(0));
