/** Columns set by a tab writer: each as wide as its longest cell, and three blanks more. */
export function leftTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
	const all = [titles, ...rows];
	const widths = titles.map((_, column) => Math.max(...all.map(row => row[column]!.length)));
	return all
		.map(row => `${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]! + 3))).join('')}\n`)
		.join('');
}

/** `About a minute ago`, `3 hours ago`. Models github.com/docker/go-units HumanDuration. */
export function humanDuration(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60 + 0.5);
	const text =
		seconds < 1
			? 'Less than a second'
			: seconds === 1
				? '1 second'
				: seconds < 60
					? `${seconds} seconds`
					: minutes === 1
						? 'About a minute'
						: minutes < 60
							? `${minutes} minutes`
							: hours === 1
								? 'About an hour'
								: hours < 48
									? `${hours} hours`
									: hours < 24 * 14
										? `${Math.floor(hours / 24)} days`
										: hours < 24 * 60
											? `${Math.floor(hours / 24 / 7)} weeks`
											: `${Math.floor(hours / 24 / 30)} months`;
	return `${text} ago`;
}
