namespace ChaosHarness.Processes.Postgres;

/// <summary>
/// The standby that is certain to hold every acknowledged write: the primary waits for it, and it has all that the primary had written when
/// that was first seen, some of which was acknowledged without it.
/// </summary>
internal sealed class StandbyInStep
{
    private string? _catchingUp;
    private decimal _until;

    /// <summary>Its name; null when there is none.</summary>
    public string? Name { get; private set; }

    /// <summary>Takes in what the primary says.</summary>
    /// <param name="standby">The one that is to be in step.</param>
    /// <param name="replication">What the primary says, that one among those that stream.</param>
    /// <returns>Whether it has come into step just now.</returns>
    public bool See(string standby, Replication replication)
    {
        var seen = replication.Streaming[standby];
        if (!seen.IsInStep)
        {
            Forget();
            return false;
        }

        if (_catchingUp != standby)
        {
            Forget();
            (_catchingUp, _until) = (standby, replication.Written);
        }

        if (Name is not null || seen.Flushed < _until)
        {
            return false;
        }

        Name = standby;
        return true;
    }

    public void Forget() => (Name, _catchingUp) = (null, null);
}
