using ChaosHarness.Calls;
using ChaosHarness.Checkers;
using ChaosHarness.Histories;

namespace ChaosHarness.Expectations;

/// <summary>
/// What a system is held to: a checker, and what its finding must be. Two that read the same are the same, whoever holds them: the
/// short form on a test, the experiment, or an assertion.
/// </summary>
public sealed class Expectation : IEquatable<Expectation>
{
    private readonly Func<History, Verdict> _judge;

    private Expectation(string text, IReadOnlyList<IChecker<Finding>> checkers, IReadOnlyList<string> mistakes, Func<History, Verdict> judge) =>
        (Text, Checkers, Mistakes, _judge) = (text, checkers, mistakes, judge);

    /// <summary>What is wanted, such as <c>orders recovered within 30s</c>.</summary>
    public string Text { get; }

    /// <summary>The probes and workloads that it reads; one that an experiment does not have is a mistake when that is built.</summary>
    public IReadOnlyList<string> Needs => [.. Checkers.SelectMany(checker => checker.Needs).Distinct()];

    /// <summary>What is wrong with how it was written; empty when nothing is. With a mistake it is never met.</summary>
    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>What it consists of, where it is one expectation and another; else empty.</summary>
    public IReadOnlyList<Expectation> Parts { get; private init; } = [];

    /// <summary>Makes an expectation of what any checker finds.</summary>
    /// <typeparam name="T">What the checker finds.</typeparam>
    /// <param name="checker">The checker.</param>
    /// <param name="text">What is wanted, in words that are the same from run to run and name every limit.</param>
    /// <param name="judge">Holds the finding against it.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Of<T>(IChecker<T> checker, string text, Func<T, Judgement> judge)
        where T : Finding
    {
        ArgumentNullException.ThrowIfNull(judge);
        return Of(checker, text, (finding, _) => judge(finding));
    }

    /// <summary>Makes an expectation of what any checker finds, of a system that may be faster than where its objectives come from.</summary>
    /// <typeparam name="T">What the checker finds.</typeparam>
    /// <param name="checker">The checker.</param>
    /// <param name="text">What is wanted, in words that are the same from run to run and name every limit.</param>
    /// <param name="judge">Holds the finding against it, at the <see cref="History.Speed"/> of the run.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Of<T>(IChecker<T> checker, string text, Func<T, double, Judgement> judge)
        where T : Finding
    {
        ArgumentNullException.ThrowIfNull(checker);
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return new Expectation(text, [checker], [], Judge);

        Verdict Judge(History history)
        {
            var finding = checker.Check(history) ?? throw new InvalidOperationException($"The checker '{checker.Name}' returned no finding.");
            var judgement = judge(finding, history.Speed);
            return new Verdict(text, judgement.Actual ?? finding.ToString() ?? checker.Name, judgement.Met)
            {
                MissedBy = judgement.Met ? null : judgement.MissedBy,
                Figures = WrittenFigures.Of(checker.Name, finding),
                Decisive = judgement.Figure,
                Limit = judgement.Objective,
            };
        }
    }

    /// <summary>Both: each is judged, and told by itself.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>An expectation that is met when all of its parts are.</returns>
    public static Expectation operator &(Expectation left, Expectation right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        IReadOnlyList<Expectation> parts = [.. left.OwnParts, .. right.OwnParts];
        return new Expectation(
            string.Join(" and ", parts.Select(part => part.Text)),
            [.. parts.SelectMany(part => part.Checkers)],
            [.. parts.SelectMany(part => part.Mistakes).Distinct()],
            history => Together(parts, history))
        {
            Parts = parts,
        };
    }

    /// <summary>See <c>&amp;</c>.</summary>
    /// <param name="other">The other.</param>
    /// <returns>An expectation that is met when both are.</returns>
    public Expectation And(Expectation other) => this & other;

    /// <summary>
    /// Judges. It never throws: what could not be judged, because the checker failed or a source is missing, was not met, and the verdict
    /// says why.
    /// </summary>
    /// <param name="history">What was seen; any prefix of a run.</param>
    /// <returns>How it was met.</returns>
    public Verdict Judge(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (Parts.Count > 0)
        {
            return _judge(history);
        }

        if (Mistakes.Count > 0)
        {
            return new Verdict(Text, string.Join(" ", Mistakes), false);
        }

        try
        {
            return Needs.FirstOrDefault(source => history.Find(source) is null) is { } missing
                ? new Verdict(Text, $"no probe or workload is called '{missing}'. There are: {string.Join(", ", history.Sources.Select(source => source.Source))}", false)
                : WhatWasSeen.AddTo(_judge(history), history, Needs);
        }
        catch (Exception exception)
        {
            return new Verdict(Text, $"could not be judged: {CallException.TextOf(exception)}", false);
        }
    }

    /// <inheritdoc/>
    public bool Equals(Expectation? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Expectation);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>What is wanted.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;

    /// <summary>The longest that it allows recovery to take; zero when it says nothing of that.</summary>
    internal TimeSpan RecoveryLimit { get => Parts.Count > 0 ? Parts.Max(part => part.RecoveryLimit) : field; init; }

    /// <summary>What looks for it.</summary>
    internal IReadOnlyList<IChecker<Finding>> Checkers { get; }

    internal Expectation WithRecoveryLimit(TimeSpan limit) => new(Text, Checkers, Mistakes, _judge) { Parts = Parts, RecoveryLimit = limit };

    internal Expectation WithMistakes(params IReadOnlyList<string?> mistakes) =>
        new(Text, Checkers, [.. Mistakes, .. mistakes.OfType<string>()], _judge) { Parts = Parts, RecoveryLimit = RecoveryLimit };

    private IReadOnlyList<Expectation> OwnParts => Parts.Count > 0 ? Parts : [this];

    private static Verdict Together(IReadOnlyList<Expectation> parts, History history)
    {
        IReadOnlyList<Verdict> verdicts = [.. parts.Select(part => part.Judge(history))];
        var missed = verdicts.Where(verdict => !verdict.Met).ToList();
        return new Verdict(string.Join(" and ", parts.Select(part => part.Text)), string.Join("; ", verdicts.Select(verdict => verdict.Actual)), missed.Count == 0)
        {
            MissedBy = missed is [var only] ? only.MissedBy : null,
            Seen = [.. verdicts.SelectMany(verdict => verdict.Seen).Distinct()],
            Figures = [.. verdicts.SelectMany(verdict => verdict.Figures).Distinct()],
            Parts = verdicts,
        };
    }
}
