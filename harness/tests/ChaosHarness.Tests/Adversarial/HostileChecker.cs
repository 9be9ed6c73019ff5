using ChaosHarness.Checkers;
using ChaosHarness.Histories;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>A checker of a team that is hostile in one of the ways in which a function without a token can be.</summary>
internal sealed class HostileChecker(HostileShop shop, CheckerHostility way) : IChecker<HostileChecker.Found>
{
    public string Name => "mine";

    public Found Check(History history) => way switch
    {
        CheckerHostility.Throws => throw new InvalidOperationException("hostile"),
        CheckerHostility.ThrowsWhatCannotBeTold => throw new Untellable(),
        CheckerHostility.Blocks => shop.DoAsync(Hostility.Blocks, new Found([], way)).AsTask().GetAwaiter().GetResult(),
        CheckerHostility.GivesNothing => null!,
        CheckerHostility.HasNoFigures => new Found(null!, way),
        CheckerHostility.HasAFigureThatIsNull => new Found([null!], way),
        CheckerHostility.HasAFigureThatIsNoNumber => new Found([Figure.Exact("mine", "", Unit.Count, double.NaN)], way),
        CheckerHostility.HasAnEndlessFigure => new Found([new Figure("mine", "", Unit.Count, 1, double.PositiveInfinity)], way),
        _ => new Found([], way),
    };

    public sealed record Found(IReadOnlyList<Figure> Figures, CheckerHostility How) : Finding(Figures)
    {
        public override string ToString() => How == CheckerHostility.CannotBeWritten ? throw new InvalidOperationException("hostile") : "found";
    }

    private sealed class Untellable : Exception
    {
        public override string Message => throw new InvalidOperationException("no message either");
    }
}
