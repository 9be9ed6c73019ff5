namespace ChaosHarness.Safety;

/// <summary>Makes a permit of the parameters of a profile, such as a calendar of the hours in which drills may begin.</summary>
public interface IRunPermitFactory
{
    /// <summary>The names of the parameters that it reads, such as <c>Chaos.DrillHours</c>: without it they would be unknown, and refused.</summary>
    IReadOnlyList<string> Parameters { get; }

    /// <summary>Makes the permit.</summary>
    /// <param name="parameters">Those of its parameters that the profile has, trimmed.</param>
    /// <param name="baseFolder">The folder that relative paths are meant from: where the solution is.</param>
    /// <returns>The permit; null when the parameters ask for none.</returns>
    /// <exception cref="FormatException">A value is wrong; names the parameter, and what it has to look like.</exception>
    IRunPermit? Create(IReadOnlyDictionary<string, string> parameters, string baseFolder);
}
