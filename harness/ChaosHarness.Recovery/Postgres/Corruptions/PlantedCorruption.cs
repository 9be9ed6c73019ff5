using ChaosHarness.Checkers.Restores;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Safety;

namespace ChaosHarness.Recovery.Postgres.Corruptions;

/// <summary>
/// A restore of a copy of the backup that was broken on purpose: it passes when the restore notices, and says what did and after how long. A restore that
/// notices nothing would pass a broken backup too, and fails the run. The backup itself is read and never written; the copy is thrown away.
/// </summary>
/// <param name="restore">The restore that has to notice, of backups that can be copied.</param>
/// <param name="corruption">What becomes of the copy.</param>
public sealed class PlantedCorruption(PostgresRestore restore, Corruption corruption) : HostRestore(new LocalHost())
{
    /// <summary>Whether the backup is restored first as it is, and has to be sound: where a restore fails anyway, everything is noticed.</summary>
    /// <value>Default: true. False where another experiment shows it.</value>
    public bool Control { get; init; } = true;

    /// <inheritdoc/>
    public override string Description => $"{restore.Backup.Name} with {corruption.Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => restore.Targets;

    /// <inheritdoc/>
    public override string? Impossible => restore.Impossible;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Mistakes =>
    [
        .. base.Mistakes,
        .. restore.Mistakes,
        .. restore.Backup is ICopiedBackup ? Array.Empty<string>() : [$"{restore.Backup.Name} cannot be copied, so that nothing can be broken in a copy: implement ICopiedBackup."],
    ];

    /// <inheritdoc/>
    protected override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => restore.ReadyAsync(cancellationToken);

    /// <inheritdoc/>
    protected override ValueTask<HostCommand> PlanDiscardAsync(CancellationToken cancellationToken) => ValueTask.FromResult(restore.Folder.Discard);

    /// <inheritdoc/>
    protected override async ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notes);
        notes.BrokenOnPurpose();
        if (Control)
        {
            await notes.PhaseAsync("control", () => RequireSoundAsync(notes, cancellationToken)).ConfigureAwait(false);
        }

        var planting = new Planting((ICopiedBackup)restore.Backup, corruption);
        var attempt = await notes.PhaseAsync("broken copy", () => notes.TryAsync(restore.Name, inner => restore.RestoreAsync(planting, inner, cancellationToken), cancellationToken)).ConfigureAwait(false);
        if (!planting.IsPlanted)
        {
            throw new InvalidOperationException($"{corruption.Name} could not be planted: {attempt.Copy.Problem}");
        }

        var outcome = RestoreOutcome.Of(attempt.Copy, attempt.Seen);
        var notice = CorruptionNotice.Of(outcome);
        await notes.CheckAsync($"{corruption.Name} is noticed", _ => ValueTask.FromResult((notice is not null, notice?.ToString() ?? $"nothing noticed it: {outcome}")), cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireSoundAsync(RestoreNotes notes, CancellationToken cancellationToken)
    {
        var attempt = await notes.TryAsync(restore.Name, inner => restore.RestoreAsync(planting: null, inner, cancellationToken), cancellationToken).ConfigureAwait(false);
        await restore.Folder.DiscardAsync(cancellationToken).ConfigureAwait(false);
        var outcome = RestoreOutcome.Of(attempt.Copy, attempt.Seen);
        if (!outcome.IsSound)
        {
            throw new InvalidOperationException($"the backup is not sound as it is, so that nothing can be said of {corruption.Name}: {outcome}");
        }
    }
}
