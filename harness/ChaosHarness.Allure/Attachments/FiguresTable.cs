using System.Globalization;
using System.Text;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Attachments;

/// <summary>The figures of a run as CSV. What is unbounded or was held against nothing is empty.</summary>
internal static class FiguresTable
{
    public static byte[] Write(IEnumerable<RecordedFigure> figures)
    {
        var text = new StringBuilder("figure,subject,unit,lower,upper,objective,met\n");
        foreach (var ((name, subject, unit, lower, upper, _), objective, met) in figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Csv.Quote(name)},{Csv.Quote(subject)},{Csv.Quote(unit.Symbol)},{lower},{upper},{objective},{met}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
