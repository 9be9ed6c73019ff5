using System.Globalization;
using System.Text;

namespace ChaosHarness.LocalCloud.Contract;

/// <summary>The contract as it stands in the documentation.</summary>
internal static class ContractTable
{
    public static string Markdown()
    {
        var text = new StringBuilder();
        foreach (var service in FidelityContract.Cases.GroupBy(one => one.Service))
        {
            text.Append(CultureInfo.InvariantCulture, $"### {service.Key}, {service.Count()} cases\n\n| case | behaviour | in an account |\n|---|---|---|\n");
            foreach (var one in service)
            {
                text.Append(CultureInfo.InvariantCulture, $"| [{one.Id}]({one.Source}) | {one.Behaviour.Replace("|", "\\|", StringComparison.Ordinal)} | {one.Cost} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }
}
