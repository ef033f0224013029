const LANCZOS = [
	0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
	12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
] as const;
const PRECISE = 1e-16;
const TINY = 1e-300;
const MOST_TERMS = 100_000;

/** Logarithm of the gamma function for x > 0 (Lanczos 1964 with the coefficients of Godfrey 2001, about 1e-15 relative). */
export function logGamma(x: number): number {
	if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
	let sum: number = LANCZOS[0];
	for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (x - 1 + i);
	const t = x + 6.5;
	return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Regularised lower incomplete gamma function P(a, x): a series below a + 1, a continued fraction above. */
export function gammaP(a: number, x: number): number {
	if (x <= 0) return 0;
	return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x);
}

/** Upper part Q(a, x) = 1 - P(a, x), exact also where it is small. */
export function gammaQ(a: number, x: number): number {
	if (x <= 0) return 1;
	return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x);
}

function gammaSeries(a: number, x: number): number {
	let term = 1 / a;
	let sum = term;
	for (let n = 1; n < MOST_TERMS && term > sum * PRECISE; n++) {
		term *= x / (a + n);
		sum += term;
	}
	return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/** Modified Lentz evaluation (Thompson and Barnett 1986). */
function gammaFraction(a: number, x: number): number {
	if (x === Infinity) return 0;
	let b = x + 1 - a;
	let c = 1 / TINY;
	let d = 1 / b;
	let h = d;
	for (let i = 1; i < MOST_TERMS; i++) {
		const an = -i * (i - a);
		b += 2;
		d = 1 / away(an * d + b);
		c = away(b + an / c);
		const delta = d * c;
		h *= delta;
		if (Math.abs(delta - 1) < PRECISE) break;
	}
	return h * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/** Regularised incomplete beta function I_x(a, b) for x in [0, 1], by its continued fraction. */
export function betaI(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
	// The fraction converges fast on this side only; the function is symmetric.
	return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
	let c = 1;
	let d = 1 / away(1 - ((a + b) * x) / (a + 1));
	let h = d;
	for (let m = 1; m < MOST_TERMS; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / away(1 + even * d);
		c = away(1 + even / c);
		h *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / away(1 + odd * d);
		c = away(1 + odd / c);
		const delta = d * c;
		h *= delta;
		if (Math.abs(delta - 1) < PRECISE) break;
	}
	return h;
}

const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Distribution function of the standard normal, exact to 1e-14 also in the lower tail. */
export function normalCdf(z: number): number {
	const half = 0.5 * gammaQ(0.5, (z * z) / 2);
	return z < 0 ? half : 1 - half;
}

/** Density of the standard normal. */
export function normalDensity(z: number): number {
	return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
