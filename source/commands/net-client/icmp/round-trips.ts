/** What pings keep of the times they measured, in milliseconds. */
export interface RoundTrips {
	readonly count: number;
	readonly sum: number;
	readonly squares: number;
	readonly min: number;
	readonly max: number;
}

export const noTrips: RoundTrips = {count: 0, sum: 0, squares: 0, min: 0, max: 0};

export const withTrip = ({count, sum, squares, min, max}: RoundTrips, time: number): RoundTrips => ({
	count: count + 1,
	sum: sum + time,
	squares: squares + time * time,
	min: count === 0 ? time : Math.min(min, time),
	max: count === 0 ? time : Math.max(max, time),
});

export const mean = ({count, sum}: RoundTrips): number => sum / count;

export const deviation = (trips: RoundTrips): number => Math.sqrt(Math.max(0, trips.squares / trips.count - mean(trips) ** 2));

export const lostPercent = (sent: number, received: number): number => (sent === 0 ? 0 : Math.floor(((sent - received) * 100) / sent));
