/**
 * The two times of the product, made explicit.
 *
 * `now` is business time: what is due, what day it is, what an event is stamped with. The
 * demo's time-lapse moves it. `wall` is machine time: leases, backoff, rate limits. A lease
 * measured on a clock that runs a day in four seconds would expire before the mail left.
 */
export interface Clock {
  now(): Date;
  wall(): Date;
}

export const systemClock: Clock = {
  now: () => new Date(),
  wall: () => new Date(),
};
