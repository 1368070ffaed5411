import type {ExecResult} from '../../../shell/command.js';
import {isMap} from '../../go-template/go-value.js';
import {toYaml} from '../../kubectl/output/yaml-print.js';
import type {Steps} from '../../kubectl/resource/files.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import type {Chart, Metadata} from '../chart/chart.js';
import {loadArchive, loadChart} from '../chart/load.js';
import type {HelmCall} from '../context.js';
import {helmError} from '../failure.js';
import {compareVersions, parseConstraint, parseVersion} from '../sprig/semver.js';

export interface Repository {
	readonly name: string;
	readonly url: string;
}

export interface IndexEntry extends Metadata {
	readonly urls: readonly string[];
}

const homeOf = ({io}: HelmCall) => io.env['HOME'] ?? io.machine.home;
export const configPath = (call: HelmCall): string =>
	call.io.env['HELM_REPOSITORY_CONFIG'] ?? `${homeOf(call)}/.config/helm/repositories.yaml`;
export const cacheFolder = (call: HelmCall): string => call.io.env['HELM_REPOSITORY_CACHE'] ?? `${homeOf(call)}/.cache/helm/repository`;
const indexPath = (call: HelmCall, name: string) => `${cacheFolder(call)}/${name}-index.yaml`;

export function repositories(call: HelmCall): Repository[] {
	const {files} = call.io.machine;
	const path = configPath(call);
	if (!files.exists(path)) return [];
	const file = parseDocuments(files.readText(path))[0];
	const list = isMap(file) ? file['repositories'] : [];
	return (Array.isArray(list) ? list : []).flatMap(each =>
		isMap(each) ? [{name: String(each['name'] ?? ''), url: String(each['url'] ?? '')}] : [],
	);
}

export function writeRepositories(call: HelmCall, list: readonly Repository[]): void {
	const path = configPath(call);
	const {files} = call.io.machine;
	files.makeFolder(path.slice(0, path.lastIndexOf('/')), {recursive: true});
	const rows = list.map(({name, url}) => ({
		caFile: '',
		certFile: '',
		insecure_skip_tls_verify: false,
		keyFile: '',
		name,
		pass_credentials_all: false,
		password: '',
		url,
		username: '',
	}));
	files.write(path, toYaml({apiVersion: '', generated: '0001-01-01T00:00:00Z', repositories: rows}), {mode: 0o600});
}

export function forget(call: HelmCall, name: string): void {
	writeRepositories(
		call,
		repositories(call).filter(each => each.name !== name),
	);
	call.io.machine.files.remove(indexPath(call, name), {force: true});
}

/** Fetches the index into the cache. */
export function* fetchIndex(call: HelmCall, {name, url}: Repository): Steps<void> {
	if (!/^https?:\/\//.test(url))
		throw helmError(
			/^[a-z]+:\/\//.test(url)
				? `could not find protocol handler for: ${url.replace(/:.*$/s, '')}`
				: 'could not find protocol handler for: ',
		);
	const source = `${url.replace(/\/$/, '')}/index.yaml`;
	const text = yield* download(source);
	try {
		entriesIn(text);
	} catch {
		throw notARepository(
			url,
			'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go value of type repo.IndexFile',
		);
	}

	const {files} = call.io.machine;
	files.makeFolder(cacheFolder(call), {recursive: true});
	files.write(indexPath(call, name), text);
}

export const notARepository = (url: string, why: string) =>
	helmError(`looks like ${JSON.stringify(url)} is not a valid chart repository or cannot be reached: ${why}`);

export function* download(url: string): Steps<string> {
	const answer: ExecResult = yield {exec: {argv: ['curl', '-sS', '-L', '-w', '\n%{http_code}', url]}};
	const host = /^https?:\/\/([^/:]+)/.exec(url)?.[1] ?? '';
	if (answer.exitCode === 6) throw helmError(`Get ${JSON.stringify(url)}: dial tcp: lookup ${host}: no such host`);
	if (answer.exitCode !== 0) throw helmError(`Get ${JSON.stringify(url)}: ${answer.stderr.trim().replace(/^curl: \(\d+\) /, '')}`);
	const cut = answer.stdout.lastIndexOf('\n');
	const code = answer.stdout.slice(cut + 1);
	if (code !== '200') throw helmError(`failed to fetch ${url} : ${code}${code === '404' ? ' Not Found' : ''}`);
	return answer.stdout.slice(0, cut);
}

/** Charts of an index by name, the newest first. */
export function entriesIn(text: string): ReadonlyMap<string, readonly IndexEntry[]> {
	const index = parseDocuments(text)[0];
	if (!isMap(index) || !isMap(index['entries'])) throw helmError('no API version specified');
	const newest = (a: IndexEntry, b: IndexEntry) => {
		const [one, other] = [parseVersion(b.version), parseVersion(a.version)];
		return one && other ? compareVersions(one, other) : 0;
	};

	return new Map(Object.entries(index['entries']).map(([name, list]) => [name, [...(list as IndexEntry[])].sort(newest)]));
}

export function entriesOf(call: HelmCall, name: string): ReadonlyMap<string, readonly IndexEntry[]> {
	const {files} = call.io.machine;
	const path = indexPath(call, name);
	if (!files.exists(path)) throw helmError(`no cached repo found. (try 'helm repo update'): open ${path}: no such file or directory`);
	return entriesIn(files.readText(path));
}

/** A chart by what was typed: a folder, an archive, `repo/chart`, a URL, or a name with `--repo`. */
export function* findChart(call: HelmCall, given: string): Steps<{chart: Chart; url?: string}> {
	const {io, flags} = call;
	const name = given.trim();
	const repo = flags.has('repo') ? flags.string('repo') : '';
	const path = io.path(name);
	if (repo === '' && io.machine.files.exists(path)) return {chart: loadChart(io.machine.files, path, name)};
	if (repo === '' && (name.startsWith('/') || name.startsWith('.'))) throw helmError(`path ${JSON.stringify(name)} not found`);
	if (name.startsWith('oci://')) throw helmError('kubelab: not simulated: charts in OCI registries');
	if (/^https?:\/\//.test(name)) return {chart: yield* fetchChart(call, name), url: name};
	if (repo !== '') {
		let text: string;
		try {
			text = yield* download(`${repo.replace(/\/$/, '')}/index.yaml`);
		} catch (error) {
			throw notARepository(repo, (error as Error).message);
		}

		return yield* fromIndex(call, entriesIn(text), name, repo, repo);
	}

	const cut = name.indexOf('/');
	if (cut === -1) throw helmError(`non-absolute URLs should be in form of repo_name/path_to_chart, got: ${name}`);
	const repository = repositories(call).find(each => each.name === name.slice(0, cut));
	if (!repository) throw helmError(`repo ${name.slice(0, cut)} not found`);
	return yield* fromIndex(call, entriesOf(call, repository.name), name.slice(cut + 1), repository.url, repository.name);
}

function* fromIndex(
	call: HelmCall,
	entries: ReadonlyMap<string, readonly IndexEntry[]>,
	name: string,
	url: string,
	shown: string,
): Steps<{chart: Chart; url: string}> {
	const version = call.flags.has('version') ? call.flags.string('version') : '';
	const list = entries.get(name);
	const where =
		shown === url
			? `chart ${JSON.stringify(name)}${version ? ` version ${JSON.stringify(version)}` : ''} not found in ${url} repository`
			: `chart ${JSON.stringify(name)} matching ${version} not found in ${shown} index. (try 'helm repo update')`;
	if (!list) throw helmError(shown === url ? where : `${where}: no chart name found`);
	const entry = pickVersion(list, version, call.flags.has('devel') && call.flags.bool('devel'));
	if (!entry) throw helmError(shown === url ? where : `${where}: no chart version found for ${name}-${version}`);
	const source = entry.urls[0] ?? '';
	const full = /^https?:\/\//.test(source) ? source : `${url.replace(/\/$/, '')}/${source}`;
	return {chart: yield* fetchChart(call, full), url: full};
}

export function pickVersion(list: readonly IndexEntry[], wanted: string, devel: boolean): IndexEntry | undefined {
	const exact = list.find(entry => entry.version === wanted);
	if (exact) return exact;
	const test = parseConstraint(wanted || (devel ? '>0.0.0-0' : '*'));
	return (
		test &&
		list.find(entry => {
			const version = parseVersion(entry.version);
			return version !== undefined && test(version);
		})
	);
}

function* fetchChart(call: HelmCall, url: string): Steps<Chart> {
	const folder = cacheFolder(call);
	const {files} = call.io.machine;
	files.makeFolder(folder, {recursive: true});
	const path = `${folder}/${url.slice(url.lastIndexOf('/') + 1)}`;
	const answer: ExecResult = yield {exec: {argv: ['curl', '-sSL', '-f', '-o', path, url]}};
	if (answer.exitCode !== 0)
		throw helmError(
			answer.exitCode === 22
				? `failed to fetch ${url} : 404 Not Found`
				: `Get ${JSON.stringify(url)}: ${answer.stderr.trim().replace(/^curl: \(\d+\) /, '')}`,
		);
	return loadArchive(files.readBytes(path));
}
