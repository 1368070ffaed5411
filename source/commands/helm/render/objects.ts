import {base64} from '../../../api/values/base64.js';
import {GoStruct, setKey} from '../../go-template/go-value.js';
import type {Chart, ChartFile, Metadata} from '../chart/chart.js';
import {glob} from '../chart/ignore.js';
import {yamlOf} from '../sprig/data.js';

export interface Capabilities {
	readonly kubeVersion: string;
	readonly apiVersions: readonly string[];
}

export const helmVersion = 'v3.18.4';
export const helmCommit = 'd80839cf37d860c8aa9a0503fe463278f26cd5e2';
export const helmGo = 'go1.24.4';

const lines = (text: string) => text.replace(/\n$/, '').split('\n');

/** `.Files` */
export function filesStruct(files: readonly ChartFile[]): GoStruct {
	const get = (name: string) => files.find(file => file.name === name)?.text ?? '';
	const baseNames = (encode: (text: string) => string) => {
		const map: Record<string, unknown> = {};
		for (const {name, text} of files) setKey(map, name.slice(name.lastIndexOf('/') + 1), encode(text));
		return files.length === 0 ? '' : yamlOf(map);
	};

	return new GoStruct('engine.files', Object.fromEntries(files.map(({name, text}) => [name, text])), {
		Get: get,
		GetBytes: get,
		Lines: (name: string) => (get(name) === '' ? [] : lines(get(name))),
		Glob: (pattern: string) => filesStruct(files.filter(({name}) => glob(pattern).test(name))),
		AsConfig: () => baseNames(text => text),
		AsSecrets: () => baseNames(base64),
	});
}

export function capabilitiesStruct({kubeVersion, apiVersions}: Capabilities): GoStruct {
	const [major = '', minor = ''] = kubeVersion.replace(/^v/, '').split('.');
	const has = (name: string) => apiVersions.includes(name);
	return new GoStruct('*chartutil.Capabilities', {
		KubeVersion: new GoStruct(
			'chartutil.KubeVersion',
			{Version: kubeVersion, Major: major, Minor: minor, GitVersion: kubeVersion},
			{String: () => kubeVersion},
			kubeVersion,
		),
		APIVersions: new GoStruct('chartutil.VersionSet', {}, {Has: has}, `[${apiVersions.join(' ')}]`),
		HelmVersion: new GoStruct('chartutil.BuildInfo', {
			Version: helmVersion,
			GitCommit: helmCommit,
			GitTreeState: 'clean',
			GoVersion: helmGo,
		}),
	});
}

const metadataFields: ReadonlyArray<readonly [field: string, key: keyof Metadata, empty: unknown]> = [
	['Name', 'name', ''],
	['Home', 'home', ''],
	['Sources', 'sources', []],
	['Version', 'version', ''],
	['Description', 'description', ''],
	['Keywords', 'keywords', []],
	['Maintainers', 'maintainers', []],
	['Icon', 'icon', ''],
	['APIVersion', 'apiVersion', ''],
	['Condition', 'condition', ''],
	['Tags', 'tags', ''],
	['AppVersion', 'appVersion', ''],
	['Deprecated', 'deprecated', false],
	['Annotations', 'annotations', {}],
	['KubeVersion', 'kubeVersion', ''],
	['Dependencies', 'dependencies', []],
	['Type', 'type', ''],
];

/** `.Chart` */
export function chartStruct({metadata}: Chart, isRoot: boolean): GoStruct {
	const fields = Object.fromEntries(metadataFields.map(([field, key, empty]) => [field, metadata[key] ?? empty]));
	return new GoStruct('chart.Metadata', {...fields, IsRoot: isRoot});
}
