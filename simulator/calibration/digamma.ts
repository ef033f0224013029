/** ψ(x) = d ln Γ(x)/dx for x > 0, by recurrence and the asymptotic series (Abramowitz and Stegun 6.3.18). */
export function digamma(x: number): number {
	let result = 0;
	let z = x;
	for (; z < 8; z++) result -= 1 / z;
	const w = 1 / (z * z);
	return result + Math.log(z) - 0.5 / z - w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w / 132))));
}
