import {builtins} from '../../go-template/builtins.js';
import {type GoFunction, functionsOf} from '../../go-template/functions.js';
import {TemplateSet} from '../../go-template/template.js';
import {base64Bytes, utf8} from '../config/identity.js';

/** The two that kubectl adds (k8s.io/cli-runtime/pkg/printers/template.go). */
const added: Readonly<Record<string, GoFunction>> = {
	exists: ['aa*', (value, ...keys) => keys.every(key => (value = step(value, key)) !== undefined)],
	base64decode: [
		's',
		(text: string) => {
			const bad = text.search(/[^A-Za-z0-9+/=\r\n]/);
			const at = bad === -1 && text.replace(/[\r\n]/g, '').length % 4 !== 0 ? text.length - (text.length % 4) : bad;
			if (at !== -1) throw new Error(`base64 decode failed: illegal base64 data at input byte ${at}`);
			return utf8(base64Bytes(text));
		},
	],
};

const step = (value: any, key: any): unknown =>
	typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value[key] ?? undefined) : undefined;

interface TemplateOptions {
	readonly allowMissingKeys: boolean;
	/** Beside those of text/template and kubectl. */
	readonly functions?: Readonly<Record<string, GoFunction>>;
}

/** Parses once, fills many times: text/template over decoded JSON. */
export function goTemplate(template: string, {allowMissingKeys, functions = {}}: TemplateOptions): (data: unknown) => string {
	const set = new TemplateSet(functionsOf(builtins, added, functions), allowMissingKeys ? 'invalid' : 'error');
	set.parse('output', template);
	return data => set.execute('output', data);
}
