import {matchesFields, parseFieldSelector, printFieldSelector} from '../../../source/api/selector/field-selector.js';
import {matchesLabels, parseLabelSelector, printLabelSelector} from '../../../source/api/selector/label-selector.js';
import {readerFamily} from '../reader.js';

/** What is printed of a selector selects the same again. */
export const labels = readerFamily({
	name: 'selectors',
	samples: ['app=web,tier!=db', 'env in (prod, qa),!canary,x notin (a),n>5,m<9', 'a.example.org/b==c,d', 'k in (,v),e=', '!a,b'],
	words: [...'=!,() <>', 'in', 'notin', '==', '!=', 'a.b/c', 'app', '5', '__proto__'],
	take(text) {
		const selector = parseLabelSelector(text);
		const sets: ReadonlyArray<Record<string, string> | undefined> = [{app: 'web', env: 'qa', n: '7'}, {}, undefined];
		for (const set of sets) matchesLabels(selector, set);
		const printed = printLabelSelector(selector);
		const again = parseLabelSelector(printed);
		return sets.some(set => matchesLabels(again, set) !== matchesLabels(selector, set)) ? `${printed} selects something else` : undefined;
	},
});

export const fields = readerFamily({
	name: 'field-selectors',
	samples: ['metadata.name=web,status.phase!=Running', 'spec.nodeName==k8s\\-node1', 'a=b\\,c\\=d,,e=', 'involvedObject.kind=Pod'],
	words: [...'=!,\\. ', '==', '!=', 'metadata.name', 'spec.nodeName', 'constructor'],
	take(text) {
		const terms = parseFieldSelector(text);
		const value = (field: string) => (field === 'metadata.name' ? 'web' : '');
		const again = parseFieldSelector(printFieldSelector(terms));
		return matchesFields(terms, value) === matchesFields(again, value) ? undefined : 'what is printed selects something else';
	},
});
