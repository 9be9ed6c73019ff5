using System.Globalization;
using ChaosHarness.Hosts;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Hosts;

/// <summary>Commands whose failure ends what they are part of.</summary>
internal static class HostRuns
{
    private const int MostWords = 500;

    /// <summary>Runs a command that has to succeed.</summary>
    /// <param name="host">Where.</param>
    /// <param name="command">What.</param>
    /// <param name="what">What it is for, in the message.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its output, without blanks around.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; with what it wrote last.</exception>
    public static async ValueTask<string> RequireAsync(this IHost host, HostCommand command, string what, CancellationToken cancellationToken)
    {
        var result = await host.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return result.IsSuccess
            ? result.Output.Trim()
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{what} on {host.Name} ended with exit code {result.ExitCode}.{SaidBy(result)}"));
    }

    /// <summary>Asks a question by a script that fails with the answer.</summary>
    /// <returns>What stands in the way; null when nothing does.</returns>
    public static async ValueTask<string?> WhyNotAsync(this IHost host, HostCommand question, CancellationToken cancellationToken)
    {
        try
        {
            var result = await host.RunAsync(question, cancellationToken).ConfigureAwait(false);
            return result.IsSuccess ? null : $"on {host.Name} {(result.Error.Trim() is { Length: > 0 } said ? said : $"a look failed with {result}")}";
        }
        catch (HostException exception)
        {
            return exception.Message;
        }
    }

    // What a program writes may hold what must not be in a record.
    public static string SaidBy(CommandResult result)
    {
        var said = string.Join(' ', $"{result.Output} {result.Error}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return said.Length == 0 ? "" : " It wrote: " + Secrets.Mask(said.Length > MostWords ? said[^MostWords..] : said);
    }
}
