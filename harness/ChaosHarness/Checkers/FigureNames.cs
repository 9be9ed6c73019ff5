using System.Globalization;

namespace ChaosHarness.Checkers;

/// <summary>The names of the figures that the harness's own checkers give.</summary>
public static class FigureNames
{
    /// <summary>RTA of a signal: from the strike to being served again, with the undoing where that was needed. Seconds.</summary>
    public const string RecoveryTime = "recovery time";

    /// <summary>The same under the assumption that no undisturbed request takes twice the slowest of the steady state. Seconds.</summary>
    public const string RecoveryTimeEstimate = "recovery time, estimate";

    /// <summary>The longest interruption that could have gone unseen, where none was seen. Seconds.</summary>
    public const string UnseenInterruption = "unseen interruption";

    /// <summary>From the start of the way back to being served, where the system did not heal by itself. Seconds.</summary>
    public const string TimeAfterRevert = "time after revert";

    /// <summary>1 when a signal recovered before anything was undone, else 0. Count.</summary>
    public const string HealedByItself = "healed by itself";

    /// <summary>Share of the due requests that were answered well, from the strike to the cut. Ratio.</summary>
    public const string Availability = "availability";

    /// <summary>Requests that were due from the strike to the cut: what the availability is a share of. Count.</summary>
    public const string DueRequests = "due requests";

    /// <summary>Acknowledged and missing. Count.</summary>
    public const string LostWrites = "lost writes";

    /// <summary>RPA in time: from the oldest lost acknowledgement; 0 only when nothing is lost. Seconds.</summary>
    public const string RecoveryPoint = "recovery point";

    /// <summary>Writes that were acknowledged. Count.</summary>
    public const string AcknowledgedWrites = "acknowledged writes";

    /// <summary>Held more than once. Count.</summary>
    public const string DuplicatedWrites = "duplicated writes";

    /// <summary>Held though never acknowledged. Count.</summary>
    public const string IndeterminateWrites = "indeterminate writes";

    /// <summary>Acknowledged by a node that was no longer primary, or one id acknowledged twice. Count.</summary>
    public const string DivergedWrites = "diverged writes";

    /// <summary>TTD: from the strike to the first detection signal; of the system where the subject is empty, else of a source. Seconds.</summary>
    public const string TimeToDetect = "time to detect";

    /// <summary>From the start of the way back to the next recovery signal of a source that had detected. Seconds.</summary>
    public const string TimeToReinstate = "time to reinstate";

    /// <summary>From the strike to a breaker's opening. Seconds.</summary>
    public const string BreakerTimeToOpen = "breaker time to open";

    /// <summary>From the start of the way back to the closing that held. Seconds.</summary>
    public const string BreakerTimeToClose = "breaker time to close";

    /// <summary>Calls that a breaker let through while it was not closed. Count.</summary>
    public const string BreakerLetThrough = "breaker let through";

    /// <summary>Calls that a breaker refused since the strike. Count.</summary>
    public const string BreakerKeptOff = "breaker kept off";

    /// <summary>Changes of a breaker's state since the strike. Count.</summary>
    public const string BreakerChanges = "breaker changes";

    /// <summary>Nodes that became primary after the strike. Count.</summary>
    public const string Promotions = "promotions";

    /// <summary>Share of the due requests that were answered well while one fault of several was there; the subject is the fault. Ratio.</summary>
    public const string ImpactAvailability = "availability under fault";

    /// <summary>
    /// How strong a ramp grew while the system bore it: at least the last step that was borne, less than the first that was not. In the
    /// unit of the steps; the subject is the ramp.
    /// </summary>
    public const string Borne = "borne";

    /// <summary>The largest share of a system's service instances that the faults took away. Ratio.</summary>
    public const string CapacityLost = "capacity lost";

    /// <summary>How much of the way to halting the run a stop condition used up at its nearest; the subject is the condition. Ratio.</summary>
    public const string StopConditionUsed = "stop condition used";

    /// <summary>From the first alert, or the strike where nothing alerted, to the first decision of a person. Seconds.</summary>
    public const string TimeToDecide = "time to decide";

    /// <summary>From that decision to its being carried out. Seconds.</summary>
    public const string TimeToAct = "time to act";

    /// <summary>RTA of a restore: from its beginning to the end of its last check; unbounded when there is no copy that could be used. Seconds.</summary>
    public const string RestoreTime = "restore time";

    /// <summary>Acknowledged before the moment to which a copy was restored, and missing in it. Count.</summary>
    public const string RestoreMissing = "restored copy misses";

    /// <summary>In a restored copy, and sent after its moment. Count.</summary>
    public const string RestoreTooNew = "restored copy has too new";

    /// <summary>RPA of a restore: acknowledged before it began, and not in the copy. Count.</summary>
    public const string RestoreLacks = "restored copy lacks";

    /// <summary>RPA of a restore in time: from the oldest acknowledgement that it lacks to its beginning; 0 only when it lacks nothing. Seconds.</summary>
    public const string RestorePoint = "restore point";

    /// <summary>Checks that a restored copy did not pass. Count.</summary>
    public const string RestoreChecksFailed = "restore checks failed";

    /// <summary>A part of the time of a restore. Seconds.</summary>
    /// <param name="phase">Such as <c>fetch</c>.</param>
    /// <returns>Such as <c>restore time, fetch</c>.</returns>
    public static string RestorePhase(string phase) => $"restore time, {phase}";

    /// <summary>RPA had the primary been lost at the worst moment of the run: the age of the oldest acknowledged write that a replica had not. Seconds.</summary>
    public const string ReplicaRecoveryPoint = "recovery point of the replica";

    /// <summary>Looks at a replica that saw less than earlier ones. Count.</summary>
    public const string ReplicaWentBack = "replica went back";

    /// <summary>How long after the primary a replica had what was written. Seconds.</summary>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>Such as <c>replication lag p99</c>.</returns>
    public static string ReplicationLag(double percentile) => string.Create(CultureInfo.InvariantCulture, $"replication lag p{percentile:0.###}");

    /// <summary>A percentile of the latency before the strike. Seconds.</summary>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>Such as <c>latency before p99</c>.</returns>
    public static string LatencyBefore(double percentile) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"latency before p{percentile:0.###}");

    /// <summary>A percentile of the latency from the strike to the cut. Seconds.</summary>
    /// <param name="percentile">More than 0, at most 100.</param>
    /// <returns>Such as <c>latency p99</c>.</returns>
    public static string Latency(double percentile) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"latency p{percentile:0.###}");
}
