namespace ChaosHarness.GameDay.Termination;

/// <summary>Instances that do the same, of which one may be lost at any time.</summary>
/// <param name="Name">What they are called together.</param>
/// <param name="MeanDays">The mean of the working days from one termination to the next; not less than <paramref name="MinimumDays"/>.</param>
/// <param name="MinimumDays">The fewest working days from one termination to the next, from 1: the next day.</param>
internal sealed record TerminationGroup(string Name, double MeanDays, int MinimumDays)
{
    private const string Placeholder = "{instance}";

    /// <summary>Whether it takes part.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The names of its instances; null when <see cref="InstancesFrom"/> tells them.</summary>
    public IReadOnlyList<string>? Instances { get; init; }

    /// <summary>A program that writes the names of its instances, one a line.</summary>
    public IReadOnlyList<string>? InstancesFrom { get; init; }

    /// <summary>The program that terminates an instance, whose name is put where <c>{instance}</c> stands.</summary>
    public IReadOnlyList<string> Terminate { get; init; } = [];

    /// <summary>The program that brings it back; null when the platform replaces it by itself.</summary>
    public IReadOnlyList<string>? Restore { get; init; }

    /// <summary>A program that ends with 0 while an instance is there; null when nobody looks.</summary>
    public IReadOnlyList<string>? Look { get; init; }

    /// <summary>What says whether the group serves; null for the check of outages.</summary>
    public ICheck? Health { get; init; }

    /// <summary>How often that is asked while an instance is gone.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How soon users have to be served again; null when nobody says.</summary>
    public TimeSpan? Rto { get; init; }

    /// <summary>A call for one instance.</summary>
    public static IReadOnlyList<string> For(string instance, IReadOnlyList<string> call) => [.. call.Select(word => word.Replace(Placeholder, instance, StringComparison.Ordinal))];

    /// <summary>Whether a call says which instance it is for.</summary>
    public static bool NamesInstance(IReadOnlyList<string> call) => call.Any(word => word.Contains(Placeholder, StringComparison.Ordinal));
}
