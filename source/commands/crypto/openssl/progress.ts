import type {Draw} from '../../../tls/rsa.js';

const rounds = 64;

/**
 * What the search for two primes prints: a dot for each candidate that is tried, a plus for each test that one passes, a star when it is
 * prime. Each large prime is built on two small ones (FIPS 186-4, B.3.6), hence three runs a line.
 */
export function rsaProgress(draw: Draw): string {
	const candidates = (most: number) => Array.from({length: 1 + draw(most)}, () => (draw(4) === 0 ? '+' : '.')).join('');
	const passed = '+'.repeat(rounds + 1);
	const line = () => `${candidates(40)}${passed}*${candidates(80)}${passed}*${candidates(160)}${passed}\n`;
	return line() + line();
}
