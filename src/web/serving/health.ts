import { changeCount } from '../../store/index.ts';
import { keepingHeaders, type Page } from '../archive.ts';

/** `GET /healthz`: `ok` while the archive can be read; what watches the process asks it. */
export const healthPage: Page = (archive) => (c) => {
  changeCount(archive.store);
  return c.text('ok\n', 200, keepingHeaders('private'));
};
