/** Sets names in as many columns as fit, going down, as `ls` does on a terminal. */
export function toColumns(names: ReadonlyArray<{readonly text: string; readonly width: number}>, screen: number): string {
	for (let rows = 1; rows <= names.length; rows++) {
		const columns = Math.ceil(names.length / rows);
		const widths = Array.from({length: columns}, (_, column) =>
			Math.max(...names.slice(column * rows, (column + 1) * rows).map(({width}) => width)),
		);
		if (rows < names.length && widths.reduce((sum, width) => sum + width + 2, -2) > screen) continue;
		const lines = Array.from({length: rows}, (_, row) =>
			widths
				.map((width, column) => ({name: names[column * rows + row], width, isLast: names[(column + 1) * rows + row] === undefined}))
				.filter(({name}) => name !== undefined)
				.map(({name, width, isLast}) => name!.text + (isLast ? '' : ' '.repeat(width + 2 - name!.width)))
				.join(''),
		);
		return `${lines.join('\n')}\n`;
	}

	return '';
}
