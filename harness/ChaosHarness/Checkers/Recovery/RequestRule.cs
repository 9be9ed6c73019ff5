namespace ChaosHarness.Checkers.Recovery;

/// <summary>What a request may take.</summary>
/// <param name="SlowThreshold">A good answer that takes longer is slow; null when none is.</param>
/// <param name="Timeout">A request that takes longer has failed.</param>
/// <param name="Longest">
/// The longest that a request takes which meets no outage. With the limit this is what being up means; with less it is an assumption about the system.
/// </param>
internal readonly record struct RequestRule(TimeSpan? SlowThreshold, TimeSpan Timeout, TimeSpan Longest)
{
    /// <summary>Whatever takes longer is not good.</summary>
    public TimeSpan Limit => SlowThreshold is { } slow && slow < Timeout ? slow : Timeout;

    public static RequestRule WithoutAssumption(TimeSpan? slowThreshold, TimeSpan timeout)
    {
        var rule = new RequestRule(slowThreshold, timeout, timeout);
        return rule with { Longest = rule.Limit };
    }

    /// <summary>What an open request says.</summary>
    /// <param name="request">A request that was sent and is open.</param>
    /// <param name="now">The moment.</param>
    /// <param name="lastGood">When the last of the requests that were answered well by now was sent.</param>
    /// <param name="met">The moment by which it had surely met its outage, if it met one.</param>
    /// <returns>Bad, doubt or pending.</returns>
    public RequestKind OfOpen(in Request request, TimeSpan now, TimeSpan lastGood, out TimeSpan met)
    {
        var age = now - request.Sent;
        met = request.Sent + Longest;
        if (age <= Longest)
        {
            return RequestKind.Pending;
        }

        // One that is late alone is no proof. When nobody who asked later was answered either, the silence is a second witness.
        return age > Limit || request.Sent > lastGood ? RequestKind.Bad : RequestKind.Doubt;
    }

    /// <summary>What a complete request says.</summary>
    /// <param name="request">A request that is complete.</param>
    /// <param name="strike">When the strike began.</param>
    /// <param name="met">The moment by which it had surely met its outage, if it met one.</param>
    /// <returns>Anything but pending.</returns>
    public RequestKind OfComplete(in Request request, TimeSpan strike, out TimeSpan met)
    {
        met = TimeSpan.MinValue;
        if (request.IsGood)
        {
            return RequestKind.Good;
        }

        if (request.Completed < strike)
        {
            return RequestKind.Ignored;
        }

        if (request.IsRefused)
        {
            met = request.Sent;
            return RequestKind.Doubt;
        }

        met = request.Took < Longest ? request.Completed : request.Sent + Longest;
        // Slow counts from when it was due. One that is slow only because it was sent late proves nothing about the system.
        var slowBecauseSentLate = request.Verdict == Histories.OperationVerdict.Slow && (SlowThreshold is not { } slow || request.Took <= slow);
        return slowBecauseSentLate ? RequestKind.Doubt : RequestKind.Bad;
    }
}
