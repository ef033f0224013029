import fc from 'fast-check';

/** Property tests start from a known seed; set HOTCARD_SEED to explore or to repeat a failure. */
const seed = Number(process.env['HOTCARD_SEED'] ?? 20261122);
fc.configureGlobal({ seed, verbose: 1 });
process.stdout.write(`fast-check seed ${seed}\n`);
