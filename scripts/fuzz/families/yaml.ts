import {readObjectText, readPatch} from '../../../source/api/http/body.js';
import {ApiError} from '../../../source/api/status.js';
import {toJson} from '../../../source/commands/kubectl/output/json-print.js';
import {toYaml} from '../../../source/commands/kubectl/output/yaml-print.js';
import {parseDocuments} from '../../../source/api/values/go-yaml.js';
import {readerFamily} from '../reader.js';

/** YAML for kubectl and for the server; what is printed of it means the same again. */
export default readerFamily({
	name: 'yaml',
	samples: [
		'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {"x": y}}\ndata:\n  k: |\n    line\n      more\n  f: >-\n    folded\n    text\n',
		"- &a {x: 1, y: [yes, no, ~, 0o17, 0x1f, 1e3, .5, .inf]}\n- *a\n- <<: *a\n  z: !!str 5\n--- # second\n\"quoted\\n\": 'single ''x'''\n...\n",
		'a:\n- b: 2020-01-01\n  c: 12:30:45\n- ? key\n  : value\n-\t\n%YAML 1.1\n---\nd: "\\u00e9\\x41"\n',
		'{"apiVersion":"v1","kind":"List","items":[{"a":[1,2.5,-0,true,null]}]}',
	],
	words: [...':-{}[],&*!|>\'"#%@`?\n\t ', '---', '...', '<<', '!!map', '\n  ', '\n- ', ': ', '|+2', '0x', '1_000', 'on', '__proto__'],
	take(text) {
		for (const read of [
			() => readObjectText(text, 'application/yaml', 'Pod'),
			() => readPatch(text, 'apply'),
			() => readPatch(text, 'merge'),
		]) {
			try {
				read();
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
			}
		}
		const documents = parseDocuments(text);
		for (const document of documents) {
			const [again] = parseDocuments(toYaml(document));
			if (toJson(again ?? null) !== toJson(document ?? null)) return `printed, it is read as ${toJson(again).slice(0, 200)}`;
		}
		return undefined;
	},
});
