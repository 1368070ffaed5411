import {stringify} from 'yaml';
import type {ArchivedFile} from '../../os/archive.js';

/** A place of a manifest that a value decides, as a template action: `⟦.Values.replicaCount⟧`. */
export const hole = (expression: string): string => `⟦${expression}⟧`;
/** An element of a list that a list of values takes the place of. */
export const eachOf = (path: string): string => `⟦each ${path}⟧`;

/** Objects as a template: holes become actions. `when`: only under that condition. */
export function template(name: string, objects: readonly object[], when?: string): ArchivedFile {
	const text = objects
		.map(object => stringify(object, {indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true}))
		.join('---\n');
	const filled = text
		.replace(/^( *)- "?⟦each (.*?)⟧"?$/gm, '$1{{- range $2 }}\n$1- {{ . | quote }}\n$1{{- end }}')
		.replace(/⟦(.*?)⟧/g, '{{ $1 }}');
	return {name: `templates/${name}.yaml`, text: when ? `{{- if ${when} }}\n${filled}{{- end }}\n` : filled};
}

/** Every text of an object through `change`, with the path of its keys. */
export function mapTexts(value: any, change: (text: string, path: readonly string[]) => unknown, path: readonly string[] = []): any {
	if (typeof value === 'string') return change(value, path);
	if (Array.isArray(value)) return value.map(item => mapTexts(item, change, path));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change, [...path, key])]));
}

/** `<chart>.fullname`: the release's name, unless the chart's is no part of it. */
export const helpers = (chart: string): ArchivedFile => ({
	name: 'templates/_helpers.tpl',
	text: `{{- define "${chart}.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}
`,
});
