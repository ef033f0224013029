import fc from 'fast-check';

const nightly = process.env['HOTCARD_NIGHTLY'] === '1';
const today = Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));

/** Property tests start from a known seed, at night from the day's; set HOTCARD_SEED to explore or to repeat a failure. */
const seed = Number(process.env['HOTCARD_SEED'] ?? (nightly ? today : 20_261_122));
fc.configureGlobal({ seed, verbose: 1, ...(nightly ? { numRuns: 2_000 } : {}) });
process.stdout.write(`fast-check seed ${seed}\n`);
