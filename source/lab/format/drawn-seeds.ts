import type {Lab} from '../lab.js';
import {defaultSeed} from '../seed.js';
import {drawFor} from './variant.js';

const seedsTried = 2000;

/** Seeds that together draw every fault and every task, and variables twice; the usual one first. One is enough for a lab that draws nothing. */
export function drawnSeeds(lab: Lab): string[] {
	const left = new Set([...lab.faults, ...(lab.exam?.tasks ?? [])]);
	const seeds: string[] = [];
	const take = (seed: string) => {
		seeds.push(seed);
		for (const name of drawFor(lab, seed).names) left.delete(name);
	};
	take(defaultSeed);
	for (let number = 1; left.size > 0 && number < seedsTried; number++) {
		if ([...drawFor(lab, String(number)).names].some(name => left.has(name))) take(String(number));
	}
	if (seeds.length === 1 && Object.keys(lab.variables).length > 0) take('1');
	return seeds;
}
