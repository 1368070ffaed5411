import {type Files, FileError} from '../../../os/files.js';
import {isMap} from '../../go-template/go-value.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import {helmError} from '../failure.js';
import {parseVersion} from '../sprig/semver.js';
import {unpack} from '../../../os/archive.js';
import type {Chart, ChartFile, Metadata, ValueMap} from './chart.js';
import {ignoreRules} from './ignore.js';

/** From a folder or a .tgz. `shown` is how errors name it. */
export function loadChart(files: Files, path: string, shown: string): Chart {
	try {
		return files.stat(path).type === 'folder' ? chartOf(folderFiles(files, path)) : loadArchive(files.readBytes(path));
	} catch (error) {
		if (error instanceof FileError) throw helmError(`open ${shown}: ${error.message.toLowerCase()}`);
		throw error;
	}
}

export const loadArchive = (bytes: Uint8Array): Chart =>
	chartOf(opened(bytes).map(({name, text}) => ({name: name.replace(/^(\.\/)?[^/]+\//, ''), text})));

function opened(bytes: Uint8Array): ChartFile[] {
	try {
		return unpack(bytes);
	} catch (error) {
		throw helmError((error as Error).message);
	}
}

function folderFiles(files: Files, root: string): ChartFile[] {
	const rules = files.exists(`${root}/.helmignore`) ? files.readText(`${root}/.helmignore`) : '';
	const ignored = ignoreRules(`${rules}\ntemplates/.?*`);
	const below = (folder: string): ChartFile[] =>
		files.list(folder === '' ? root : `${root}/${folder}`).flatMap(entry => {
			const name = folder === '' ? entry : `${folder}/${entry}`;
			const isFolder = files.stat(`${root}/${name}`).type === 'folder';
			if (ignored(name, isFolder)) return [];
			if (isFolder) return below(name);
			return name.endsWith('.tgz') && name.startsWith('charts/')
				? opened(files.readBytes(`${root}/${name}`)).map(file => ({name: `charts/${file.name}`, text: file.text}))
				: [{name, text: files.readText(`${root}/${name}`)}];
		});
	return below('');
}

function parsed(file: ChartFile): unknown {
	try {
		return parseDocuments(file.text)[0];
	} catch (error) {
		throw helmError(`cannot load ${file.name}: error converting YAML to JSON: ${(error as Error).message}`);
	}
}

/** helm/pkg/chart/loader: LoadFiles. */
export function chartOf(all: readonly ChartFile[]): Chart {
	const find = (name: string) => all.find(file => file.name === name);
	const chartFile = find('Chart.yaml');
	if (!chartFile) throw helmError('Chart.yaml file is missing');
	const metadata = parsed(chartFile);
	if (!isMap(metadata))
		throw helmError(
			'cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type chart.Metadata',
		);
	const valuesFile = find('values.yaml');
	const values = valuesFile ? (parsed(valuesFile) ?? {}) : {};
	if (!isMap(values))
		throw helmError(
			`cannot load values.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${Array.isArray(values) ? 'array' : typeof values} into Go value of type map[string]interface {}`,
		);
	const special = new Set(['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json']);
	const schema = find('values.schema.json')?.text;
	const lock = find('Chart.lock');
	return {
		metadata: checkedMetadata(metadata as unknown as Metadata),
		values: values as ValueMap,
		valuesText: valuesFile?.text ?? '',
		...(schema !== undefined && {schema}),
		...(lock && {lock: parsed(lock)}),
		templates: all.filter(({name}) => name.startsWith('templates/')),
		files: all.filter(({name}) => !special.has(name) && !name.startsWith('templates/') && !name.startsWith('charts/')),
		dependencies: subcharts(all),
	};
}

function subcharts(all: readonly ChartFile[]): Chart[] {
	const folders = new Map<string, ChartFile[]>();
	for (const {name, text} of all) {
		const match = /^charts\/([^/._][^/]*)\/(.*)$/s.exec(name);
		if (match) folders.set(match[1]!, [...(folders.get(match[1]!) ?? []), {name: match[2]!, text}]);
	}

	return [...folders].map(([name, files]) => {
		try {
			return chartOf(files);
		} catch (error) {
			throw helmError(`error unpacking subchart ${name} in chart: ${(error as Error).message}`);
		}
	});
}

function checkedMetadata(metadata: Metadata): Metadata {
	const version = metadata.version === undefined ? undefined : String(metadata.version);
	const refuse = (text: string) => helmError(`validation: ${text}`);
	if (!metadata.apiVersion) throw refuse('chart.metadata.apiVersion is required');
	if (!metadata.name) throw refuse('chart.metadata.name is required');
	if (metadata.name !== metadata.name.replace(/^.*\//s, ''))
		throw refuse(`chart.metadata.name ${JSON.stringify(metadata.name)} is invalid`);
	if (!version) throw refuse('chart.metadata.version is required');
	if (!parseVersion(version)) throw refuse(`chart.metadata.version ${JSON.stringify(version)} is invalid`);
	if (metadata.type && metadata.type !== 'application' && metadata.type !== 'library')
		throw refuse('chart.metadata.type must be application or library');
	return {...metadata, version, ...(metadata.appVersion !== undefined && {appVersion: String(metadata.appVersion)})};
}
