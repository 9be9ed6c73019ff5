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
    /// <summary>The file name of the program that it runs, such as <c>postgres</c>: another one with its number is not it.</summary>
    /// <value>Default: null, whatever has the number is it.</value>
    public string? Program { get; init; }

    /// <summary>The file that its number stands in; a process that started after the file was written is not it.</summary>
    /// <value>Default: null, its number comes from elsewhere.</value>
    public string? PidFile { get; init; }

    /// <inheritdoc/>
    public RevertRecipe RestartRecipe => RestartProcess.Recipe(RestartProgram, RestartArguments, PidFile);

    /// <summary>A process whose number stands in a file, alone or on the first line.</summary>
    /// <param name="component">What it is.</param>
    /// <param name="pidFile">The path of the file.</param>
    /// <param name="restartProgram">See <see cref="RestartProgram"/>.</param>
    /// <param name="restartArguments">See <see cref="RestartArguments"/>.</param>
    /// <returns>The component.</returns>
    public static ExternalProcess WithPidFile(Component component, string pidFile, string restartProgram, params IReadOnlyList<string> restartArguments) =>
        new(component, () => ReadPid(pidFile), restartProgram, restartArguments) { PidFile = pidFile };

    /// <inheritdoc/>
    public ValueTask<ProcessIdentity?> FindAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(FindId() is { } id && ProcessIdentity.Find(id) is { } found && WhyStranger(found) is null ? found : (ProcessIdentity?)null);

    /// <inheritdoc/>
    public async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            await RunCommand.RunAsync(RestartProgram, RestartArguments, RunCommand.Patience, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellationToken)
    {
        if (FindId() is not { } id)
        {
            return ValueTask.FromResult<string?>(PidFile is { } file
                ? $"there is no process number in '{file}': start {Component.Name} first, or name the right file"
                : $"{Component.Name} does not run, so it cannot be made to fail; start it first");
        }

        return ValueTask.FromResult(ProcessIdentity.Find(id) is not { } found
            ? string.Create(CultureInfo.InvariantCulture, $"{Component.Name} does not run: there is no process {id}; start it first")
            : WhyStranger(found) ?? WhyNoWayBack());
    }

    private string? WhyStranger(ProcessIdentity found)
    {
        if (PidFile is { } file && File.Exists(file) && found.StartedAt is { } started && started > File.GetLastWriteTimeUtc(file) + ProcessIdentity.ClockGrain)
        {
            return string.Create(CultureInfo.InvariantCulture, $"process {found.Id} started after '{file}' was written: {Component.Name} has ended, and another process has its number; start it first");
        }

        return Program is { } program && found.Program is { } other && other != program
            ? string.Create(CultureInfo.InvariantCulture, $"process {found.Id} is '{other}' and not '{program}': {Component.Name} has ended, and another process has its number; start it first")
            : null;
    }

    private string? WhyNoWayBack() => RunCommand.CanFind(RestartProgram) ? null : $"nothing would bring {Component.Name} back: there is no program '{RestartProgram}' here; name the one that starts it";

    private static int? ReadPid(string pidFile) =>
        File.Exists(pidFile) && int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
}
