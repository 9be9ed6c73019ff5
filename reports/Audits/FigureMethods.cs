using ChaosHarness.Checkers;

namespace ChaosHarness.Reports.Audits;

/// <summary>How the harness's own checkers measure, in a sentence each.</summary>
internal static class FigureMethods
{
    private const string Latency = "from when a request was due to its answer, so that a stall cannot hide; a percentile of the requests";

    private static readonly Dictionary<string, string> Methods = new(StringComparer.Ordinal)
    {
        [FigureNames.RecoveryTime] = "requests sent on a fixed schedule, however slow the answers; lower: the sending of the last proven bad one less the end of the strike; upper: the first good answer to what was sent after every bad one had met its outage, less the start of the strike",
        [FigureNames.RecoveryTimeEstimate] = "as the recovery time, under the assumption that no undisturbed request takes twice the slowest of the steady state; never judged on",
        [FigureNames.UnseenInterruption] = "no request was bad: the longest time in which none looked",
        [FigureNames.TimeAfterRevert] = "from the start of the undoing to being served",
        [FigureNames.HealedByItself] = "1 where it was served before anything was undone",
        [FigureNames.Availability] = "good of all requests that were due from the strike to the cut; what was not sent or not answered is bad",
        [FigureNames.DueRequests] = "requests that were due from the strike to the cut",
        [FigureNames.AcknowledgedWrites] = "writes with an id of their own whose acknowledgement was received",
        [FigureNames.LostWrites] = "every acknowledged id is looked up when the run is over: those that are missing",
        [FigureNames.RecoveryPoint] = "from the oldest lost acknowledgement to the end of the injection or the last lost one, whichever is later",
        [FigureNames.DuplicatedWrites] = "ids that the system holds more than once",
        [FigureNames.DivergedWrites] = "acknowledged by a node that was no longer primary, or twice",
        [FigureNames.IndeterminateWrites] = "held though never acknowledged: no loss",
        [FigureNames.TimeToDetect] = "from the strike to the first signal that says so: not before it was last seen otherwise, not after it was received",
        [FigureNames.TimeToReinstate] = "from the start of the undoing to the signal that all is well",
        [FigureNames.TimeToDecide] = "from the first alert, or the strike where nothing alerted, to when a person said what is decided",
        [FigureNames.TimeToAct] = "from that to when a person said that it is done",
        [FigureNames.BreakerTimeToOpen] = "from the strike to the breaker's own word that it is open",
        [FigureNames.BreakerTimeToClose] = "from the start of the undoing to the closing that held",
        [FigureNames.BreakerLetThrough] = "calls let through while not closed, by the breaker's own counters",
        [FigureNames.BreakerKeptOff] = "calls refused since the strike, by the breaker's own counters",
        [FigureNames.BreakerChanges] = "changes of state since the strike",
        [FigureNames.Promotions] = "nodes that became primary after the strike",
        [FigureNames.ImpactAvailability] = "good of all requests that were due while that fault was there",
        [FigureNames.Borne] = "at least the last step that was borne, less than the first that was not",
        [FigureNames.CapacityLost] = "the largest share of service instances that the faults took away",
        [FigureNames.RestoreTime] = "from the beginning of the restore to the end of its last check; unbounded where there is no copy that could be used",
        [FigureNames.RestoreMissing] = "every id that was acknowledged before the moment of the copy is looked up in it: those that are missing",
        [FigureNames.RestoreTooNew] = "ids in the copy whose writes were sent after its moment",
        [FigureNames.RestoreLacks] = "ids that were acknowledged before the restore began and are not in the copy",
        [FigureNames.RestorePoint] = "from the oldest of those acknowledgements to the beginning of the restore",
        [FigureNames.RestoreChecksFailed] = "checks that the copy did not pass",
        [FigureNames.ReplicaRecoveryPoint] = "canaries of known age are written to the primary and read from the replica: the age of the oldest acknowledged one that it had not, at the worst moment at which the primary still acknowledged",
        [FigureNames.ReplicaWentBack] = "looks at the replica that saw less than one that had been answered before they were sent",
        [FigureNames.StopConditionUsed] = "how near the stop condition came to halting the run",
    };

    public static string? Of(string figure) => Methods.GetValueOrDefault(figure)
        ?? (figure.StartsWith("latency ", StringComparison.Ordinal) ? Latency
        : figure.StartsWith("replication lag p", StringComparison.Ordinal) ? "canaries are written to the primary and read from the replica; lower: from the acknowledgement to the sending of the last look that did not see it; upper: from the sending to the answer of the first that did; a percentile of each"
        : figure.StartsWith(FigureNames.RestorePhase(""), StringComparison.Ordinal) ? "a part of the time of the restore, by the harness's clock"
        : null);
}
