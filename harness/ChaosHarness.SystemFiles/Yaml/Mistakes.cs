using ChaosHarness.Safety;

namespace ChaosHarness.SystemFiles.Yaml;

/// <summary>What is wrong with a file, gathered while it is read.</summary>
internal sealed class Mistakes
{
    private readonly List<SystemFileMistake> _found = [];

    /// <summary>Those found so far, in the order of the file.</summary>
    public IReadOnlyList<SystemFileMistake> Found => [.. _found.OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)];

    public void Add(Place at, string text) => _found.Add(new SystemFileMistake(at.Line, at.Column, Secrets.Mask(text)));
}
