import {customColumns, customColumnsFile, printCustomColumns} from '../../../source/commands/kubectl/output/custom-columns.js';
import {goTemplate} from '../../../source/commands/kubectl/output/go-template.js';
import {jsonPath} from '../../../source/commands/kubectl/output/jsonpath.js';
import {readerFamily} from '../reader.js';

const pod = (name: string) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, labels: {app: 'web', 'a.b/c': 'd'}, annotations: null},
	spec: {containers: [{name: 'c', image: 'nginx:1.25', ports: [{containerPort: 80}]}], nodeName: 'k8s-node1', priority: 0, ok: true},
	status: {podIP: '10.244.1.2', conditions: [], weight: 1.5, message: '世界\n"x"'},
});
const list = {apiVersion: 'v1', kind: 'List', items: [pod('a'), pod('b')]};

export const jsonpath = readerFamily({
	name: 'jsonpath',
	samples: [
		'{.items[*].metadata.name}',
		'{range .items[*]}{.metadata.name}{"\\t"}{.status.podIP}{"\\n"}{end}',
		"{.items[?(@.metadata.name=='a')].spec.containers[0].image}",
		'{..image}{.items[-1:].kind} {.items[0:2:1]}',
		"{.items[0].metadata.labels.a\\.b/c}{['items'][0]['kind','apiVersion']}",
		'{.items[?(@.spec.containers[0].ports[0].containerPort>=80)].metadata.name}{$}{@}',
	],
	words: [...'{}[]().@$*:?,\'"\\', 'range', 'end', '..', '[*]', '.items', '==', '&&', '-1', '"\\n"', '?(@.'],
	take(template) {
		for (const allowMissingKeys of [true, false]) {
			try {
				const path = jsonPath(template, {allowMissingKeys});
				path.print(list);
				path.find(list);
			} catch (error) {
				if (!allowMissingKeys) throw error;
			}
		}
		return undefined;
	},
});

export const template = readerFamily({
	name: 'go-template',
	samples: [
		'{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}',
		'{{range $i, $e := .items}}{{if $i}},{{end}}{{$e.kind | printf "%-5s|%q"}}{{else}}none{{end}}',
		'{{with index .items 0}}{{len .spec.containers}} {{index .metadata.labels "a.b/c"}}{{end}}',
		'{{$x := 5}}{{if and (gt $x 3) (eq .kind "List")}}{{- /* c */ -}}yes{{else if not .x}}no{{end}}',
		'{{define "t"}}{{.}}{{end}}{{template "t" .kind}}{{block "b" .}}{{.apiVersion}}{{end}}',
		'{{range .items}}{{range .spec.containers}}{{.image | html | js | urlquery | print}}{{break}}{{end}}{{end}}{{slice .kind 1 2}}',
	],
	words: [
		...'{}().$|"`\\',
		'{{',
		'}}',
		'{{-',
		'range',
		'end',
		'if',
		'else',
		'with',
		'index',
		'printf',
		'%d',
		'len',
		':=',
		'call',
		'base64decode',
		'0x1F',
		"'a'",
	],
	take(text) {
		for (const allowMissingKeys of [true, false]) {
			try {
				goTemplate(text, {allowMissingKeys})(list);
			} catch (error) {
				if (!allowMissingKeys) throw error;
			}
		}
		return undefined;
	},
});

export const columns = readerFamily({
	name: 'custom-columns',
	samples: [
		'NAME:.metadata.name,IMAGE:.spec.containers[*].image',
		'A:{.kind},B:metadata.labels.app,C:.status.conditions[?(@.type=="Ready")].status',
		'NAME IMAGE\n.metadata.name .spec.containers[0].image',
	],
	words: [...':,.{}[]*\n ', '.metadata', '..', '[*]', '?(@.x', 'NAME'],
	take(text) {
		let refusal: unknown;
		for (const read of [customColumns, customColumnsFile]) {
			try {
				printCustomColumns(read(text), list.items, false, () => {});
			} catch (error) {
				refusal = error;
				if (error instanceof TypeError || error instanceof RangeError) throw error;
			}
		}
		if (refusal) throw refusal;
		return undefined;
	},
});
