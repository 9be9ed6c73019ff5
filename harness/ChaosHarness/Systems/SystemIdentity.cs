using System.Globalization;

namespace ChaosHarness.Systems;

/// <summary>Which system it is: by where it is, and not by what it is called alone.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Environment">Where it runs; null when nobody says.</param>
/// <param name="Reach">From where it can be reached.</param>
/// <param name="Instance">Tells those of the same name apart that are owned by runs; null when a process owns one of a name at most.</param>
public sealed record SystemIdentity(string Name, string? Environment, SystemReach Reach, string? Instance = null)
{
    /// <summary>The same for all who mean the same system, and for nobody else.</summary>
    public string Key => Reach switch
    {
        SystemReach.Shared => Place,
        SystemReach.Machine => $"{Place} on {System.Environment.MachineName}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Place} on {System.Environment.MachineName} of process {System.Environment.ProcessId} {Instance}").TrimEnd(),
    };

    /// <summary>The <see cref="Key"/> where it means something to later runs; null where the system ends with its process.</summary>
    internal string? LastingKey => Reach == SystemReach.Owned ? null : Key;

    private string Place => $"{Name} in {Environment ?? "an unknown environment"}";

    /// <summary>Such as <c>shop in staging</c>.</summary>
    /// <returns>For people.</returns>
    public override string ToString() => Place;
}
