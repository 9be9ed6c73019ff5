using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Answers;

internal static class CountedOperations
{
    extension(Operations operations)
    {
        /// <summary>What was answered well of what was due in a window.</summary>
        public Share ShareOf(TimeWindow due)
        {
            var tally = operations.TallyOf(due);
            return new Share(tally.Good, tally.Decided);
        }

        /// <summary>
        /// When the last request was due before the first of which nobody knows yet how it stands; null when there is none. A window that
        /// ends there is wholly known, and a system that hangs cannot look healthy in it: its silence is overdue soon, and bad.
        /// </summary>
        public TimeSpan? KnownUntil
        {
            get
            {
                var known = operations.Count;
                for (var index = operations.Count - 1; index >= 0 && operations.IsRecent(index); index--)
                {
                    known = operations.StandingOf(index) == Standing.Young ? index : known;
                }

                return known == 0 ? null : operations[known - 1].Due;
            }
        }

        // One that was due longer ago than this is answered, overdue, or has timed out.
        private bool IsRecent(int index) =>
            operations.DueTicks(index) >= (operations.Until - operations.Settings.Timeout - operations.OverdueAfter).Ticks;
    }
}
