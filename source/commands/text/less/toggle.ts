import {type Pager, redraw} from './pager.js';
import {isToggle, type Toggle, toggled, toggles} from './options.js';

/** `-S`: turned over while it runs, and told. */
export function toggleOption(pager: Pager, key: string): void {
	const {options} = pager;
	if (key === '-') pager.message = 'kubelab: not simulated: long names of options within less';
	else if (!isToggle(key)) pager.message = `There is no -${key} option`;
	else {
		pager.options = {...options, on: toggled(options.on, key)};
		redraw(pager);
		pager.frozen = true;
		pager.message = state(pager, key);
	}
}

/** `_S`: only told. */
export function showOption(pager: Pager, key: string): void {
	pager.message = isToggle(key) ? state(pager, key) : `There is no -${key} option`;
}

const state = ({options}: Pager, letter: Toggle): string => toggles[letter][options.on.has(letter) ? 1 : 0];
