using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>One command breaks, and another one mends.</summary>
internal sealed class CommandAct(string description, string target, IReadOnlyList<string> inject, IReadOnlyList<string>? revert, IReadOnlyList<string>? look) : IHostAct
{
    private const string FindPrograms = """
        for program in "$@"; do
          command -v "$program" >/dev/null || { echo "there is no program '$program': install it, or give its path" >&2; exit 1; }
        done
        """;

    public string Description => description;

    public IReadOnlyList<string> Targets => [target];

    public IReadOnlyList<string> Mistakes => All.Any(words => words.Count == 0 || HostCommand.Of(words).Mistake is not null) ? ["each command begins with a program, and none of its words is null or has a character 0."] : [];

    private IEnumerable<IReadOnlyList<string>> All => new[] { inject, revert, look }.OfType<IReadOnlyList<string>>();

    public async ValueTask<string?> WhyNotAsync(IHost host, CancellationToken cancellationToken)
    {
        if (await host.WhyNotAsync(HostCommand.Script(FindPrograms, [.. All.Select(words => words[0])]), cancellationToken).ConfigureAwait(false) is { } missing)
        {
            return missing;
        }

        return look is not null && await host.RunAsync(HostCommand.Of(look), cancellationToken).ConfigureAwait(false) is { IsSuccess: false } answer
            ? $"{target} is not there to be hit: `{HostCommand.Of(look)}` on {host.Name} ended with {answer}.{HostRuns.SaidBy(answer)}"
            : null;
    }

    public ValueTask<HostPlan> PlanAsync(IHost host, CancellationToken cancellationToken) => ValueTask.FromResult(new HostPlan(HostCommand.Of(inject), revert is null ? null : HostCommand.Of(revert)));
}
