import fc from 'fast-check';

/** Tests are the same at each run; `npm run soak` is where other seeds are tried. */
fc.configureGlobal({ seed: 20_060_528 });
