"""What is drafted at the last place where a rule holds and one place beyond it, wholly: each draft and no other."""

from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from digital_diplomacy import drafting, extraction, sources
from digital_diplomacy.drafting.stems import stems

# The rule, the kind, the figures of both sides by their values; "(place)" where words do not say it, "!" where nothing
# is left out, "ref" where it is of works cited. Beside a text that has a draft stands one that lacks what makes it.
DRAFTS: Final = [
    ("The number of embassies fell from 257 to 234, by 23.", ["change_amount difference: 257 234 | 23"]),
    ("Доля читателей снизилась с 58% до 49%, на 9 процентных пунктов.", ["change_points difference: 58 49 | 9"]),
    ("Число читателей выросло с 4 тысяч до 12 тысяч, в 3 раза.", ["change_times ratio: 12000 4000 | 3"]),
    ("Оқырмандар саны 4 мыңнан 12 мыңға дейін, яғни 3 есе өсті.", ["change_times ratio: 12000 4000 | 3"]),
    ("The share rose from 40% to 50%, by 25%.", []),
    ("Trust stood at 46% in 2021 against 41% in 2019, 5 percentage points more.",
     ["change_points difference: 46 41 | 5 (place)"]),
    ("In 2019 there were 257 embassies online, in 2021 there were 234 embassies, 23 fewer.",
     ["change_amount difference: 257 234 | 23"]),
    ("There were 234 embassies online, there were 257 embassies, 23 more.",
     ["asked_difference difference: 257 234 | 23 (place)"]),
    ("The page now has 12 million users, by 26% (2.5 million) more than before, as it grew.",
     ["grown growth_over_base: 12000000 2500000 | 26"]),
    ("The page now has 999 users, by 26% (200 users) more, as it grew.", []),
    ("The page now has 5,000 users, by 25% (1,000 users) more, as it grew.",
     ["grown growth_over_base: 5000 1000 | 25"]),
    ("Centres work in 1 of 1 regions.", []),
    ("It took 58th place among 63 states, and 12 out of 100 schools.",
     ["n_of_m nesting: 12 | 100", "rank_of rank_within: 58 | 63"]),
    ("Simmel lived 1858 – 1918 there.", []),
    ("Registered on it are 101% of the population.",
     ["above_whole share_of_persons: 101 |"]),
    ("Registered on it are 100% of the population.", []),
    ("It grew to 150% of the population.", []),
    ("The ministry has 360 thousand followers, 3 times more than the agency with 120 thousand accounts.", []),
    ("Из 90 изученных посольств 63 ведут аккаунт, то есть 70%.",
     ["n_of_m nesting: 63 | 90", "n_of_m_share share_of_base: 63 90 | 70"]),
    ("70% (63 of 90) of embassies keep an account.",
     ["n_of_m nesting: 63 | 90", "asked_share share_of_base: 63 90 | 70 (place)"]),
    ("Of 90, 63 keep an account.", ["n_of_m nesting: 63 | 90"]),
    ("The average of 10, 20 and 30 embassies is told.", []),
    ("The sum of 10, 20, 30 and 40 embassies is told.", []),
    ("Сумма складывается из 10, 20 и 30 посольств.", []),
    ("Trust stood at 46% in 2021 against 41% in 2019, by 5 percentage points.",
     ["change_points difference: 46 41 | 5"]),
    ("Trust stood at 41% in 2021 against 46% in 2019, by 5 percentage points.",
     ["change_points difference: 46 41 | 5"]),
    ("Порталом довольны 41% против 46% годом ранее, на 5 процентных пунктов.",
     ["change_points difference: 46 41 | 5"]),
    ("The page now has 12 million followers, it grew by 26% (2.5 million followers).",
     ["grown growth_over_base: 12000000 2500000 | 26"]),
    ("The page has 999 followers, it grew by 26% (206 followers).", []),
    ("The page has 12,000 followers, it grew by 25% (1,000 followers).", ["grown growth_over_base: 12000 1000 | 25"]),
    ("The page has 12,000 followers, it grew by 25% (12,000 followers).", []),
    ("By 2025 the page is to grow to 100,000 followers, up from 80,000, or 25% more.",
     ["change_percent growth_rate: 80000 100000 | 25"]),
    ("Портал имеет 12 млн подписчиков, что на 26 % (2,5 млн подписчиков) больше.",
     ["grown growth_over_base: 12000000 2500000 | 26"]),
    ("Asked what they trust most, 46% named television and 24% newspapers.", []),
    ("Asked what they trust most, 46% of those polled named television, 24% the web and 30% newspapers; "
     "in 2019 and 2021.",
     []),
    ("Asked in 2021 what they trust most, 46% of those polled named television, 24% the web and 30% newspapers.",
     ["hundred sum_at_most_100: 46 24 30 |"]),
    ("Of respondents 60% answered yes and the remaining 40% no.", ["hundred_rest sum_to_100: 60 40 | !"]),
    ("Of respondents the remaining 40% answered no, 60% yes.", ["hundred sum_at_most_100: 40 60 |"]),
    ("Of those polled 46% named television. Newspapers were named by 24% and radio by 30%.", []),
    ("Of those polled 46% trust television. Newspapers were called best by 24% and radio by 30%.",
     ["hundred sum_at_most_100: 46 24 30 | (place)"]),
    ("Of those polled 46% trust television most.\n\nNewspapers were called best by 24% and radio by 30%.", []),
    ("Of those polled 46% trust television most. Newspapers were called best by 24%.", []),
    ("Из опрошенных 46% верят телевидению. Газетам верят 24% и радио 30%.",
     ["hundred sum_at_most_100: 46 24 30 | (place)"]),
    ("Сұралғандардың 46%-ы теледидарға сенеді. Газетке 24%-ы, радиоға 30%-ы сенеді.",
     ["hundred sum_at_most_100: 46 24 30 | (place)"]),
    ("Table 1. Posts\n\nPlatform\tPosts\tReplies\nFacebook\t651\t12\nTelegram\t170\t13\nTotal\t821\t25",
     ["total sum_of_parts: 651 170 | 821", "total sum_of_parts: 12 13 | 25"]),
    ("Table 1. Posts\n\nPlatform\tPosts\nFacebook\t651\nTotal\t651", []),
    ("Table 1. Posts\n\nPlatform\tFacebook\tTelegram\tTotal\nMay\t651\t170\t821",
     ["total sum_of_parts: 651 170 | 821"]),
    ("Table 1. Structure of the audience\n\nAge\tStructure, %\nyoung\t41\nold\t27", []),
    ("Table 1. Structure of the audience\n\nAge\tTrust, %\nyoung\t41\nmiddle\t32\nold\t77", []),
    ("Table 1. Structure of the audience\n\nAge\tStructure, %\nyoung\t41\nmiddle\t32\nold\t27\nTotal\t100",
     ["total sum_of_parts: 41 32 27 | 100", "hundred_column sum_to_100: 41 32 27 | (place) !"]),
    ("Table 1. Structure of the audience\n\nAge\tShares, %\nyoung\t41\nmiddle\t32\nold\t27\nTotal\t99", []),
    ("Facebook has 5,700,000 users, 30% of the population. Instagram has 9,500,000 users, 50% of the population.",
     ["population common_population: 5700000 30 9500000 50 | (place)"]),
    ("Facebook has 9,999 users, 30% of the population. Instagram has 95,000 users, 50% of the population.", []),
    ("Facebook has 10,000 users, 30% of the population. Instagram has 95,000 users, 50% of the population.",
     ["population common_population: 10000 30 95000 50 | (place)"]),
    ("В Facebook 5 700 000 пользователей, 30% населения. В Instagram 9 500 000 пользователей, 50% населения.",
     ["population common_population: 5700000 30 9500000 50 | (place)"]),
    ("The survey reached 640 teachers and 1,860 parents, in all 2,500 people.",
     ["in_all sum_of_parts: 640 1860 | 2500"]),
    ("The survey reached 640 teachers, in all 2,500 people.", []),
    ("It holds 2 lions, 3 bears, 4 cats, 5 dogs, 6 owls and 7 mice, in all 27 animals.",
     ["in_all sum_of_parts: 2 3 4 5 6 7 | 27"]),
    ("It holds 2 lions, 3 bears, 4 cats, 5 dogs, 6 owls, 7 mice and 8 rats, in all 35 animals.",
     ["asked_sum sum_of_parts: 2 3 4 5 6 7 8 | 35 (place)"]),
    ("It holds about 640 lions and 1,860 bears, in all 2,500 animals.",
     ["asked_sum sum_of_parts: 640 1860 | 2500 (place)"]),
    ("In 2019 it held 640 lions and 1,860 bears, in all 2,500 animals.", ["in_all sum_of_parts: 640 1860 | 2500"]),
    ("We asked 1480 people (742 women and 738 men).", ["divided sum_of_parts: 742 738 | 1480 (place)"]),
    ("We asked 1480 people (738 men and 742 women).", ["divided sum_of_parts: 738 742 | 1480 (place)"]),
    ("We asked 1480 people (742 women and 748 pupils).", []),
    ("Опрошено 1480 человек (738 мужчин и 742 женщины).", ["divided sum_of_parts: 738 742 | 1480 (place)"]),
    ("In 2017 there were 2,710 hotels, now there are 3,700. Their number has risen by 990.",
     ["change_amount difference: 3700 2710 | 990 (place)"]),
    ("In 2017 there were 3,700 hotels, now there are 2,710. Their number has fallen by 990.",
     ["change_amount difference: 3700 2710 | 990 (place)"]),
    ("In 2017 there were 2,000 hotels, now there are 3,000. Their number has risen by 50%.",
     ["change_percent growth_rate: 2000 3000 | 50 (place)"]),
    ("In 2017 there were 3,000 hotels, now there are 2,000. Their number has fallen by 33%.",
     ["change_percent decline_rate: 3000 2000 | 33 (place)"]),
    ("In 2017 there were 2,000 hotels, now there are 3,000.\n\nTheir number has risen by 50%.",
     ["asked_growth growth_rate: 2000 3000 | 50 (place)"]),
    ("In 2017 there were 2,000 hotels, now there are 3,000. It is so. Their number has risen by 50%.",
     ["asked_growth growth_rate: 2000 3000 | 50 (place)"]),
    ("In 2017 trust was 40%, now it is 50%. It has risen by 10%.", []),
    ("In 2017 there were 2,000 hotels, now there are 3,000. Their number has risen by 50%, while prices rose 8%.",
     ["asked_growth growth_rate: 2000 3000 | 50 (place)"]),
    ("Сеть имела 2 000 школ, теперь 3 000 школ. Их число выросло на 50%.",
     ["change_percent growth_rate: 2000 3000 | 50 (place)"]),
    ("Of the 17 regions 4 have centres, and mobile teams work in 7 regions.",
     ["n_of_m nesting: 4 | 17", "n_of_m nesting: 7 | 17 (place)"]),
    ("Of the 17 regions 4 have centres; mobile teams work in 7 regions.", ["n_of_m nesting: 4 | 17"]),
    ("Из 17 регионов у 4 есть центры, а контроль – в 7 регионах.",
     ["n_of_m nesting: 4 | 17", "n_of_m nesting: 7 | 17 (place)"]),
    ("17 өңірдің 4-інде орталық бар, ал 7 өңірде бақылау бар.",
     ["n_of_m nesting: 4 | 17", "n_of_m nesting: 7 | 17 (place)"]),
    ("Of the readers 58% do not trust the portal. Of the readers 42% trust the portal.",
     ["negation sum_at_most_100: 58 42 | (place)"]),
    ("In 2020 of the readers 58% do not trust the portal. In 2021 of the readers 42% trust the portal.", []),
    ("Of women 58% are not registered on Facebook. Of women 42% are registered on Facebook.",
     ["negation sum_at_most_100: 58 42 | (place)"]),
    ("Of women 58% are not registered on Facebook. Of women 42% are registered on Telegram.", []),
    ("Of women 58% are not registered on social networks. Of women 42% are registered on Telegram.",
     ["negation sum_at_most_100: 58 42 | (place)"]),
    ("Of women 58% are not registered on social networks. Of women 42% are registered on the internet.", []),
    ("Of women 58% are not registered on Telegram. Of women 42% have accounts on Telegram.",
     ["negation sum_at_most_100: 58 42 | (place)"]),
    ("Of readers 58% do not trust it. Of voters 42% trust it.", []),
    ("Of the readers 58% do not trust the portal.\n\nOf the readers 42% trust the portal.",
     ["negation sum_at_most_100: 58 42 | (place)"]),
    ("Of the readers 58% do not trust the portal.\n\nNothing else.\n\nOf the readers 42% trust the portal.", []),
    ("Of the readers 42% trust the portal. Of the readers 58% do not trust the portal.",
     ["negation sum_at_most_100: 58 42 | (place)"]),
    ("Of the readers 58% do not trust the portal. Nothing grew at 5 mills. Of the readers 42% trust the portal.", []),
    ("The survey asked 1,200 people. Of them 672 (56%) read the news online.",
     ["n_of_m nesting: 672 | 1200", "n_of_m_share share_of_base: 672 1200 | 56"]),
    ("The survey asked 1,200 people.\n\nOf them 672 (56%) read the news online.",
     ["carried share_of_base: 672 1200 | 56 (place)"]),
    ("The survey asked 1,200 people. It was long with 5 parts. Of them 672 (56%) read the news online.",
     ["asked_share share_of_base: 672 1200 | 56 (place)"]),
    ("The survey asked 1,200 people in 9 towns. Of them 672 (56%) read the news online.",
     ["carried share_of_base: 672 1200 | 56 (place)", "n_of_m nesting: 672 | 1200"]),
    ("In 2020 the survey asked 1,200 people. Of them 672 read the news online.", ["n_of_m nesting: 672 | 1200"]),
    ("The survey asked over 1,200 people. Of them 672 read the news online.", []),
    ("The survey asked 1,200 people, and of them 672 read the news online.", ["n_of_m nesting: 672 | 1200"]),
    ("Опрошено 1 200 человек. Из них 672 (56 %) читают новости в сети.",
     ["n_of_m nesting: 672 | 1200", "n_of_m_share share_of_base: 672 1200 | 56"]),
    ("Women made up 56% and men 44% of those who filled in the form.", ["hundred sum_at_most_100: 56 44 |"]),
    ("Women made up 56% and pupils 44% of those who filled in the form.", []),
    ("Approval was voiced by 58% of readers, 20% were neutral and 22% were opposed.",
     ["hundred sum_at_most_100: 58 20 22 |"]),
    ("Approval was voiced by 58% of readers, 20% were neutral.", []),
    ("Approval was voiced by 28% of readers, 30% liked it, 20% were neutral, 12% disliked it and 10% were opposed.",
     ["hundred sum_at_most_100: 28 30 20 12 10 |"]),
    ("Approval was voiced by 28% of readers, 30% liked it, 20% were neutral, 12% disliked it, 6% sighed "
     "and 4% were opposed.",
     ["in_full sum_at_most_100: 28 30 20 12 6 4 | (place)"]),
    ("Approval was voiced by 58% of readers in 4 towns, 20% were neutral and 22% were opposed.",
     ["in_full sum_at_most_100: 58 20 22 | (place)"]),
    ("Approval in 2019 was voiced by 58% of readers, in 2021 20% were neutral and 22% were opposed.", []),
    ("It trades with three neighbours: Peru, Chad and Mali.", ["list_colon list_length: 3 | 3 entries"]),
    ("It trades with 12 partners: Peru and Chad.", ["list_colon list_length: 12 | 2 entries"]),
    ("It trades with 13 partners: Peru and Chad.", []),
    ("It trades with two partners: Peru.", []),
    ("It drew Georgia and Peru, both of which bought it.", ["list_before list_length: 2 | 2 entries"]),
    ("It drew Georgia, Mali and Peru, all three of which bought it.", ["list_before list_length: 3 | 3 entries"]),
    ("The ministry named 30 priorities: roads, trade and health.", ["list_colon list_length: 30 | 3 entries"]),
    ("The ministry named 31 priorities: roads, trade and health.", []),
    ("The ministry named one priority: roads, trade and health.", []),
    ("The ministry named about three priorities: roads, trade and health.", []),
    ("There are three priorities (roads, trade and health) now.", ["list_brackets list_length: 3 | 3 entries"]),
    ("There are three priorities (roads) now.", []),
    ("Priorities, there are three: roads, trade and health.", []),
    ("The priorities, three: roads, trade and health.", ["list_colon list_length: 3 | 3 entries"]),
    ("The ministry named three priorities:\n\n1. roads\n\n2. trade\n\n3. health",
     ["list_items list_length: 3 | 3 entries", "list_end list_length: 3 | 3 entries"]),
    ("The ministry named three priorities.\n\n1. roads\n\n2. trade\n\n3. health",
     ["list_items list_length: 3 | 3 entries", "list_end list_length: 3 | 3 entries"]),
    ("The ministry named three priorities.\n\n- roads\n\n- trade\n\n- health", []),
    ("The ministry named three priorities:\n\n- roads\n\n- trade\n\n- health",
     ["list_items list_length: 3 | 3 entries"]),
    ("The ministry named three priorities:\n\n1. roads\n\n2. trade\n\n1. health",
     ["list_items list_length: 3 | 2 entries", "list_end list_length: 2 | 2 entries"]),
    ("Success has two factors.\n\nFirst, people are needed.\n\nSecond, money is needed.\n\nThird, time is needed.",
     ["list_ordinals list_length: 2 | 3 entries"]),
    ("Success has three factors.\n\nFirst, people are needed.\n\nSecond, money is needed.", []),
    ("The embassy page grew 9.5 old dollars.\n\nAs noted above, the embassy page has 9.5 old dollars.",
     ["again same_quantity: 9.5 | 9.5 (place)"]),
    ("The rating of digital diplomacy covers 210 states.\n\nIt is in the rating of diplomacy among 210 states.",
     ["again same_quantity: 210 | 210 (place)"]),
    ("The rating of digital diplomacy covers 99 states.\n\nIt is in the rating of diplomacy among 99 states.",
     ["again same_quantity: 99 | 99 (place)"]),
    ("The rating of digital diplomacy covers 21.5% there.\n\nIt is in the rating of diplomacy 21.5% too.",
     ["again same_quantity: 21.5 | 21.5 (place)"]),
    ("The rating of digital diplomacy covers 100% there.\n\nIt is in the rating of diplomacy 100% too.", []),
    ("In 2019 diplomacy had 52 states.\n\nLater in 2019 diplomacy counted 52 states.",
     ["again same_quantity: 52 | 52 (place)"]),
    ("Peru has 100 followers on Telegram.\n\nChad has 12 users.\n\nPeru had 107 followers on Telegram.",
     ["page same_quantity: 100 | 107 (place)"]),
    ("In 2019 Peru has 100 followers on Telegram.\n\nIn 2020 Peru had 107 followers on Telegram.", []),
    ("Peru has 100 followers on Telegram, and Peru had 107 followers on Telegram.", []),
    ("The page has 5,000 followers, it grew by 25% (1,000 followers).", ["grown growth_over_base: 5000 1000 | 25"]),
    ("Olives.\n\n## References\n\n"
     "1. Author A. (2018). Tools. https://example.org/2018/05/tools (accessed 12.03.2019)",
     ["address same_date: 2018 | 2018-05 ref", "accessed date_order: 2018 | 2019 ref",
      "accessed date_order: 2018-05 | 2019 ref"]),
    ("Olives.\n\n## References\n\n1. Tools. https://example.org/2018/05/tools (accessed 12.03.2019)",
     ["accessed date_order: 2018-05 | 2019 ref"]),
    ("Tools change towns (Author, 2018).\n\n## References\n\n1. Author I. (2018). Tools of towns.\n\n"
     "2. Author I. (2016). Other tools.",
     ["cited same_date: 2018 | 2018 ref"]),
    ("Tools change towns (Author, 2017).\n\n## References\n\n1. Author I. (2018). Tools of towns.\n\n"
     "2. Author I. (2016). Other tools.",
     []),
    ("Tools change towns (Author, 2017).\n\n## References\n\n1. Author I. (2018). Tools of towns.\n\n"
     "2. Author I. (2018). Other tools.",
     ["cited same_date: 2017 | 2018 ref"]),
    ("Tools change towns (Author, 2017).\n\n## References\n\n1. Other I. (2018). Tools of towns.", []),
    ("Tools change towns (Author, 2018: 15; Other, 2016).\n\n## References\n\n"
     "1. Author I. (2018). Tools of towns.\n\n2. Other I. (2017). Tools of towns.",
     ["cited same_date: 2018 | 2018 ref", "cited same_date: 2016 | 2017 ref"]),
    ("Received 14 February 2022; accepted 3 June 2022.", ["received date_order: 2022-02-14 | 2022-06-03"]),
    ("Received 14 February 2022.\n\nOf it.\n\nIn May.\n\nAccepted 3 June 2022.",
     ["received date_order: 2022-02-14 | 2022-06-03"]),
    ("Received 14 February 2022.\n\nOf it.\n\nIn May.\n\nIn June.\n\nAccepted 3 June 2022.", []),
    ("Received in February 2022; accepted 3 June 2022.", []),
    ("14 February 2022 submitted, 3 June 2022 approved.", ["received date_order: 2022-02-14 | 2022-06-03"]),
    ("58% of the 90 embassies (52) keep an account.", ["share_of_base share_of_base: 52 90 | 58"]),
    ("Of the 90 embassies 58% (52) keep an account.", ["share_of_base share_of_base: 52 90 | 58"]),
    ("58% из 90 посольств (52) ведут аккаунт.", ["share_of_base share_of_base: 52 90 | 58"]),
    ("Из 90 посольств 58% (52) ведут аккаунт.", ["share_of_base share_of_base: 52 90 | 58"]),
    ("90 елшіліктің 58%-ы (52) парақша жүргізеді.", ["share_of_base share_of_base: 52 90 | 58"]),
    ("Of 90 embassies 63 keep a page; in others it costs (70%).",
     ["n_of_m nesting: 63 | 90", "asked_share share_of_base: 63 90 | 70 (place)"]),
    ("There are 63 of 90.5 embassies.", []),
    ("Платформы, их три: дороги, торговля и здоровье.", ["list_colon list_length: 3 | 3 entries"]),
    ("Приоритетов три: дороги, торговля и здоровье.", ["list_colon list_length: 3 | 3 entries"]),
    ("Приоритеты, всего три: дороги, торговля и здоровье.", ["list_colon list_length: 3 | 3 entries"]),
    ("The ministry named three priorities: 1) roads; 2) trade; 3) health.",
     ["list_colon list_length: 3 | 3 entries"]),
    ("The ministry named three priorities: a) roads; b) trade; c) health.",
     ["list_colon list_length: 3 | 3 entries"]),
    ("The ministry named three priorities: roads; trade; health.", ["list_colon list_length: 3 | 3 entries"]),
    ("The ministry named three priorities: roads, trade, etc.", []),
    ("The ministry named two priorities: roads and trade.", ["list_colon list_length: 2 | 2 entries"]),
    ("The ministry named three priorities: roads, which are long, and trade.", []),
    ("The ministry named three priorities, which are told in 5 words and in many others: roads, trade and health.",
     []),
    ("Министрлік үш басымдықты атады (жол, сауда және денсаулық).", ["list_brackets list_length: 3 | 3 entries"]),
    ("На успех влияют три фактора.\n\nВо-первых, нужны люди.\n\nВо-вторых, нужны деньги.\n\n## Выводы\n\n"
     "В-третьих, нужно время.",
     ["list_end list_length: 3 | 3 entries"]),
    ("На успех влияют два фактора.\n\nВо-первых, нужны люди.\n\nВо-вторых, нужны деньги.\n\n## Выводы\n\n"
     "В-третьих, нужно время.",
     ["list_ordinals list_length: 2 | 2 entries", "list_end list_length: 3 | 3 entries"]),
    ("Жетістікке екі фактор әсер етеді.\n\nБіріншіден, адамдар керек.\n\nЕкіншіден, ақша керек.",
     ["list_ordinals list_length: 2 | 2 entries", "list_end list_length: 2 | 2 entries"]),
    ("Опрошены жители от 18 до 59 лет.", []),
    ("Расстояние выросло с 40 до 60 км, на 20 км.", ["change_amount difference: 60 40 | 20"]),
    ("Число школ выросло с 40 до 60, на 20 школ.", ["change_amount difference: 60 40 | 20"]),
    ("Число школ выросло с 40 до 60, на 20.", ["change_amount difference: 60 40 | 20"]),
    ("Число школ выросло с 40 до 60, на 50%.", ["change_percent growth_rate: 40 60 | 50"]),
    ("Место поднялось с 60 до 40, на 20 мест.", ["change_amount difference: 40 60 | 20"]),
    ("In 2021 there were 257 ships, in 2019 there were 234 ships, 23 more.",
     ["change_amount difference: 257 234 | 23"]),
    ("In 2021 there were 257 ships, in 2019 there were 234 ships, in 2017 there were 200, 23 more.",
     ["asked_difference difference: 257 234 | 23 (place)"]),
    ("The mills of towns and rivers employ 52 millers.\n\nLater the mills of lakes and grain employ 53 millers.", []),
    ("Shares of 12% – 2019 was long.", []),
    ("In 2017 there were 2,000 hotels, now there are 3,000 users. Their number has risen by 50%.", []),
    # The share behind the one of the population is of something else.
    ("Facebook has 5,700,000 users, 30% of the population, 40% in Lima. Instagram has 9,500,000 users, 50% of the "
     "population.",
     ["population common_population: 5700000 30 9500000 50 | (place)"]),
    # "of the population" ends 60 characters behind the digits of the share, and 61.
    ("Registered there were 101% xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx of the population.",
     ["above_whole share_of_persons: 101 |"]),
    ("Registered there were 101% xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx of the population.", []),
]  # fmt: skip
WORDS: Final = [
    ("41% of respondents answered yes, 22% answered no, and the remaining 37% were undecided.",
     "41% + 22% + 37% (the remaining 37)"),
    ("На вопрос, чему верят больше всего, 46% опрошенных назвали телевидение, 24% – сайты, 30% – газеты.",
     "46% + 24% + 30% (опрошенных)"),
    ("Сұралғандардың 41%-ы «иә», 22%-ы «жоқ» деді, қалған 37%-ы шешім қабылдамаған.",
     "41%-ы + 22%-ы + 37%-ы (қалған 37)"),
    ("The number of embassies fell from 257 to 234, by 23.", "from 257 to 234 … by 23"),
    ("Of the readers 58% do not trust the portal. Of the readers 42% trust the portal.", "58% … 42% (trust)"),
    ("It drew Georgia, Mali and Peru, all three of which bought it.", "Georgia, Mali and Peru, three"),
    ("Министрлік үш басымдықты атады (жол, сауда және денсаулық).", "үш … (жол, сауда және денсаулық)"),
    ("Министерство назвало три приоритета:\n\n1. дороги\n\n2. торговля\n\n3. здоровье", "три … 1–3: 3. здоровье"),
    ("The survey asked 1,200 people. Of them 672 (56%) read the news online.", "1,200 people … Of them 672"),
]  # fmt: skip


def _shown(figure: Any) -> str:
    if figure.value == figure.value:
        return f"{figure.value:.10g}"
    return figure.value_date or f"{figure.low:.10g}-{figure.high:.10g}"


def drafted(tmp_path: Path, text: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures of a text, and what is drafted between them."""
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    blocks = sources.read_paper(tmp_path / "paper.txt")
    figures = extraction.told_apart(extraction.scan(blocks), blocks)
    figures = figures.assign(unit=figures["unit"].replace("", "unstated"))
    return figures, drafting.draft_relations(figures, blocks)


def drafts(tmp_path: Path, text: str) -> list[str]:
    figures, relations = drafted(tmp_path, text)
    named = {one.claim_id: _shown(one) for one in figures.itertuples()}
    told = []
    for one in relations.itertuples():
        both = ("" if pd.isna(ids) else str(ids) for ids in (one.left, one.right))
        left, right = (" ".join(named[each] for each in ids.split()) for ids in both)
        size = None if pd.isna(one.constant) else f"{one.constant:.0f} entries"
        marks = (one.sure == "place", " (place)"), (one.exhaustive, " !"), (one.matter == "reference", " ref")
        marked = "".join(mark for is_so, mark in marks if is_so)
        told.append(f"{one.why} {one.kind}: {left} | {size or right}".strip() + marked)
    return told


@pytest.mark.parametrize(("text", "told"), DRAFTS)
def test_what_a_text_says_is_drafted_and_nothing_else(tmp_path: Path, text: str, told: list[str]) -> None:
    assert drafts(tmp_path, text) == told


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_draft_says_in_the_words_of_the_text_what_made_it(tmp_path: Path, text: str, words: str) -> None:
    assert drafted(tmp_path, text)[1]["words"].iloc[0] == words


def test_common_words_are_none_that_tell_a_quantity_whatever_their_length() -> None:
    assert stems("Altogether a thousand of these embassies, которые выросли, about") == {"embas", "вырос"}
    assert stems("шамамен сегіз елшілік, кемінде") == {"сегіз", "елшіл"}
