using System.Globalization;
using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Faults.Processes;

/// <summary>A process that something else started, such as a service of this machine: found by its number, brought back by a command.</summary>
/// <param name="Component">What it is.</param>
/// <param name="FindId">Says its process number, or null when it does not run.</param>
/// <param name="RestartProgram">The program that brings it back, such as <c>systemctl</c>; returns when it is ready.</param>
/// <param name="RestartArguments">Its arguments, such as <c>start</c> and <c>postgresql</c>.</param>
public sealed record ExternalProcess(Component Component, Func<int?> FindId, string RestartProgram, IReadOnlyList<string> RestartArguments) : IProcessComponent
{
    /// <inheritdoc/>
    public RevertRecipe RestartRecipe => RunCommand.Recipe(RestartProgram, RestartArguments);

    /// <summary>A process whose number stands in a file, alone or on the first line.</summary>
    /// <param name="component">What it is.</param>
    /// <param name="pidFile">The path of the file.</param>
    /// <param name="restartProgram">See <see cref="RestartProgram"/>.</param>
    /// <param name="restartArguments">See <see cref="RestartArguments"/>.</param>
    /// <returns>The component.</returns>
    public static ExternalProcess WithPidFile(Component component, string pidFile, string restartProgram, params IReadOnlyList<string> restartArguments) =>
        new(component, () => ReadPid(pidFile), restartProgram, restartArguments);

    /// <inheritdoc/>
    public ValueTask<ProcessIdentity?> FindAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(FindId() is { } id ? ProcessIdentity.Find(id) : null);

    /// <inheritdoc/>
    public async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            await RunCommand.RunAsync(RestartProgram, RestartArguments, cancellationToken).ConfigureAwait(false);
        }
    }

    private static int? ReadPid(string pidFile) =>
        File.Exists(pidFile) && int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
}
