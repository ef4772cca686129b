import { titleOf } from '../../../phrases.ts';
import { type Page, render } from '../../archive.ts';
import { framingPolicy } from '../../serving/headers.ts';
import { previewPath, studioPath, takeSeat } from '../desk.ts';
import { StudioFrame } from '../frame.tsx';

/** `GET /studio/:handle/phone`: the newest version as its readers will see it on a telephone, beside nothing else. */
export const phonePage: Page = (archive) => async (c) => {
  const { work } = await takeSeat(c, archive);
  const title = titleOf(work);
  c.header('content-security-policy', framingPolicy);
  const page = (
    <StudioFrame archive={archive} title={`${title} on a phone`}>
      <div class="page studio-page">
        <p class="up">
          <a href={studioPath(work.id)}>{title}</a>
        </p>
        <h1>On a phone</h1>
        <p class="soft">
          Go on reading in it; <a href={previewPath(work)}>the same in the whole window</a>.
        </p>
        <iframe
          class="phone"
          src={previewPath(work)}
          title={`${title}, as wide as a phone`}
          width="390"
          height="780"
        />
      </div>
    </StudioFrame>
  );
  return render(c, page, { cache: 'private' });
};
