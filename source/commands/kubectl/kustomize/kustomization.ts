import {isObject} from '../../../api/values/plain.js';
import {failure, notSimulated} from '../failure.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import type {Session} from '../session.js';

export const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const fields = new Set(
	`apiVersion kind metadata resources namePrefix nameSuffix namespace commonLabels labels commonAnnotations images replicas patches
	patchesStrategicMerge patchesJson6902 configMapGenerator secretGenerator generatorOptions bases components replacements vars sortOptions buildMetadata`.split(
		/\s+/,
	),
);
/** What kustomize has besides. */
const others = new Set(
	`crds transformers generators validators configurations openapi helmCharts helmGlobals
	helmChartInflationGenerator inventory`.split(/\s+/),
);

const deprecated: Readonly<Record<string, string>> = {
	commonLabels: 'labels',
	bases: 'resources',
	patchesStrategicMerge: 'patches',
	patchesJson6902: 'patches',
	vars: 'replacements',
};

/** The kustomization file of a folder, with what it may not say refused. */
export function readKustomization(session: Session, folder: string): Record<string, any> {
	const {files} = session.machine;
	const name = fileNames.find(file => files.exists(`${folder}/${file}`));
	if (!name) throw failure(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${folder}'`);
	let content: unknown;
	try {
		[content] = parseDocuments(files.readText(`${folder}/${name}`), '1.2');
	} catch (error) {
		throw failure(`invalid Kustomization: ${(error as Error).message.replace(/^yaml: /, 'error converting YAML to JSON: yaml: ')}`);
	}

	if (content === undefined || content === null) throw failure('kustomization.yaml is empty');
	if (!isObject(content)) throw failure('invalid Kustomization: json: cannot unmarshal into Go value of type types.Kustomization');
	for (const field of Object.keys(content)) {
		if (others.has(field)) throw notSimulated(`kustomization field ${field}`);
		if (!fields.has(field)) throw failure(`invalid Kustomization: json: unknown field "${field}"`);
		if (field === 'buildMetadata' && (content[field] as string[]).some(each => each !== 'managedByLabel'))
			throw notSimulated('kustomization field buildMetadata but managedByLabel');
		const better = deprecated[field];
		if (better)
			session.err(
				`# Warning: '${field}' is deprecated. Please use '${better}' instead. ${field === 'vars' ? '[EXPERIMENTAL] ' : ''}Run 'kustomize edit fix' to update your Kustomization automatically.\n`,
			);
	}

	return content;
}
