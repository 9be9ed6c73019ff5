using System.Xml.Linq;

namespace ChaosHarness.Allure.Charts;

/// <summary>One part of a chart; they are stacked.</summary>
/// <param name="Height">How high it is, with the room below it.</param>
/// <param name="Draw">Draws it from its upper edge on.</param>
/// <param name="ShowsAnswers">Whether it shows how users were served, so that what recovery is judged by is drawn behind it.</param>
internal sealed record Panel(double Height, Func<double, IEnumerable<XElement>> Draw, bool ShowsAnswers = false);
