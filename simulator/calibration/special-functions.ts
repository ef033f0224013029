const LANCZOS = [
	0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
	12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
] as const;

/** ln Γ(x) for x > 0 (Lanczos, g = 7, n = 9: about 15 digits). */
export function logGamma(x: number): number {
	if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
	const z = x - 1;
	const t = z + 7.5;
	const sum = LANCZOS.reduce((total, c, i) => (i === 0 ? c : total + c / (z + i)), 0);
	return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** ψ(x) = d ln Γ(x)/dx for x > 0, by recurrence and the asymptotic series (Abramowitz and Stegun 6.3.18). */
export function digamma(x: number): number {
	let result = 0;
	let z = x;
	for (; z < 8; z++) result -= 1 / z;
	const w = 1 / (z * z);
	return result + Math.log(z) - 0.5 / z - w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w / 132))));
}

/** Lower regularised incomplete gamma P(a, x): series below a + 1, Lentz's continued fraction above. */
export function gammaP(a: number, x: number): number {
	if (x <= 0) return 0;
	const front = Math.exp(a * Math.log(x) - x - logGamma(a));
	if (x < a + 1) {
		let term = 1 / a;
		let sum = term;
		for (let n = 1; n < 10_000 && term > sum * 1e-15; n++) sum += term *= x / (a + n);
		return Math.min(1, front * sum);
	}
	let b = x + 1 - a;
	let c = 1e300;
	let d = 1 / b;
	let h = d;
	for (let i = 1; i < 10_000; i++) {
		const an = -i * (i - a);
		b += 2;
		d = 1 / (an * d + b);
		c = b + an / c;
		h *= d * c;
		if (Math.abs(d * c - 1) < 1e-14) break;
	}
	return Math.max(0, 1 - front * h);
}

/** Standard normal distribution function. */
export function normalCdf(z: number): number {
	const half = gammaP(0.5, (z * z) / 2) / 2;
	return z < 0 ? 0.5 - half : 0.5 + half;
}
