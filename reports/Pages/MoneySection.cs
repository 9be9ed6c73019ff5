using System.Globalization;
using ChaosHarness.Ledger.Scorecards;
using static ChaosHarness.Reports.Pages.Figures;

namespace ChaosHarness.Reports.Pages;

/// <summary>What measured outages cost.</summary>
internal static class MoneySection
{
    public static Html Write(MoneyAtRisk? money) => money is null ? Html.Empty : Html.Of($"""
        <section id="money"><h2>Value of an hour</h2>
        <p>A minute of outage costs {Money(money.CostPerMinute, money.Currency)}, an hour {Money(money.CostPerMinute * 60, money.Currency)}. With every failure as often as expected, a year costs <strong>{Money(money.PerYear, money.Currency)}</strong> and is available {(money.AvailabilityOfYear is { } share ? (share * 100).ToString("0.#####", CultureInfo.InvariantCulture) + "%" : "for as long as nothing fails")}.</p>
        <div><table class="stack">
        <thead><tr><th scope="col">Failure</th><th scope="col" class="n">Median outage</th><th scope="col" class="n">Each</th><th scope="col" class="n">Within the RTO at most</th><th scope="col" class="n">A year</th><th scope="col" class="n">Per year</th></tr></thead>
        <tbody>{Html.Join(money.Failures.Select(failure => Row(failure, money.Currency)))}</tbody></table></div></section>
        """);

    private static Html Row(CostOfFailure failure, string currency) => Html.Of($"""
        <tr><th scope="row">{failure.Name}</th><td class="n" data-label="Median outage">{Seconds(failure.OutageSeconds)}</td><td class="n" data-label="Each">{Money(failure.Each, currency)}</td><td class="n" data-label="Within the RTO at most">{(failure.Allowed is { } allowed ? Money(allowed, currency) : None)}</td><td class="n" data-label="A year">{failure.FailuresPerYear:0.##}</td><td class="n" data-label="Per year">{Money(failure.PerYear, currency)}</td></tr>
        """);
}
