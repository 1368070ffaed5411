import {
	addQuantities,
	compareQuantities,
	milliValueOf,
	parseQuantity,
	printQuantity,
	signOf,
	subtractQuantities,
	intValueOf,
} from '../../source/api/values/quantity.js';
import {type Line, type Result, tally} from './case.js';

/** Parsing, canonical printing and arithmetic of quantities. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, ({given, expected}) => {
		const found = given.op === 'parse' ? parsed(given.input) : calculated(given);
		const wrong = Object.keys(expected).filter(key => String((found as any)[key]) !== String(expected[key]));
		return (
			wrong.length === 0 ||
			`${JSON.stringify(given)}: ${wrong.map(key => `${key} is ${(found as any)[key]}, not ${expected[key]}`).join('; ')}`
		);
	});
}

function parsed(input: string) {
	try {
		const quantity = parseQuantity(input);
		return {
			string: printQuantity(quantity),
			format: quantity.format,
			value: intValueOf(quantity),
			milliValue: milliValueOf(quantity),
			sign: signOf(quantity),
		};
	} catch (error) {
		return {error: (error as Error).message};
	}
}

function calculated({a, b}: {a: string; b: string}) {
	const [x, y] = [parseQuantity(a), parseQuantity(b)];
	return {cmp: compareQuantities(x, y), add: printQuantity(addQuantities(x, y)), sub: printQuantity(subtractQuantities(x, y))};
}
