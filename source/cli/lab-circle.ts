import {lstatSync, readFileSync} from 'node:fs';
import path from 'node:path';
import type {Lab} from '../lab/lab.js';
import {parseYamlText, type Problem} from '../lab/format/yaml-text.js';
import {labsFolder} from './lab-files.js';

/** What stands beside a lab may be anybody's: a link to a device is not read. */
const isPlain = (file: string) => lstatSync(file, {throwIfNoEntry: false})?.isFile() ?? false;
const isId = (each: unknown) => typeof each === 'string' && /^[a-z0-9-]+$/.test(each);

/** Labs that wait for one another could never be begun. Followed through the labs beside this one, and those of the course. */
export function prerequisiteCircle(folder: string, {id, prerequisites}: Lab): Problem[] {
	const pack = path.dirname(path.resolve(folder));
	const needs = (lab: string): readonly string[] => {
		const file = [pack, labsFolder()].map(each => path.join(each, lab, 'lab.yaml')).find(isPlain);
		const written: any = file && parseYamlText(file, readFileSync(file, 'utf8')).value;
		return Array.isArray(written?.prerequisites) ? written.prerequisites.filter(isId) : [];
	};
	const seen = new Set<string>();
	const back = (from: string, way: readonly string[]): readonly string[] | undefined => {
		if (from === id) return [...way, from];
		if (seen.has(from)) return undefined;
		seen.add(from);
		for (const next of needs(from)) {
			const found = back(next, [...way, from]);
			if (found) return found;
		}
		return undefined;
	};
	return prerequisites.flatMap((first, index) => {
		const circle = back(first, [id]);
		if (!circle) return [];
		const file = path.join(folder, 'lab.yaml');
		const message = `these labs wait for one another: ${circle.join(' -> ')}; take one of them out`;
		return [parseYamlText(path.relative('', file) || file, readFileSync(file, 'utf8')).locate({path: ['prerequisites', index], message})];
	});
}
