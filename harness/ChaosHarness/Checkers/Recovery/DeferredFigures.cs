using System.Collections;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>Figures that are made when they are first read: while a run goes on nobody reads them, and they cost a walk over its whole history.</summary>
internal sealed class DeferredFigures(Func<IReadOnlyList<Figure>> make) : IReadOnlyList<Figure>
{
    private readonly Lazy<IReadOnlyList<Figure>> _figures = new(make);

    public int Count => _figures.Value.Count;

    public Figure this[int index] => _figures.Value[index];

    public IEnumerator<Figure> GetEnumerator() => _figures.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
